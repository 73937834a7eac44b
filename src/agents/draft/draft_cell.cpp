// The cell of a bare netlist: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "draft_cell.hpp"

#include <algorithm>
#include <cctype>
#include <set>

#include "exturbo/core/text.hpp"
#include "exturbo/spice/netlist_check.hpp"
#include "problem/include_reader.hpp"
#include "spice/expansion_check.hpp"
#include "spice/fault_hints.hpp"
#include "spice/netlist_text.hpp"

namespace exturbo::agents {
namespace {

namespace fs = std::filesystem;

bool is_mos_card(const std::vector<std::string>& parts) {
  return parts.size() > 2 && parts[0] == ".model" && (parts[2] == "nmos" || parts[2] == "pmos");
}

/// The name with what a problem's names may not hold replaced by `_`.
std::string problem_name(const std::string& name) {
  std::string result;
  for (const unsigned char c : name.substr(0, 60)) result += std::isalnum(c) != 0 ? static_cast<char>(c) : '_';
  return std::isalpha(static_cast<unsigned char>(result[0])) != 0 ? result : "c_" + result;
}

/// Subcircuits by the names of those each instantiates.
std::map<std::string, std::set<std::string>> instances_of(const std::map<std::string, spice::Subcircuit>& all) {
  std::map<std::string, std::set<std::string>> instances;
  for (const auto& [name, definition] : all) {
    for (const spice::Statement& statement : definition.body) {
      const std::vector<std::string> parts = spice::words(statement.text);
      if (!parts.empty() && parts[0][0] == 'x') instances[name].insert(spice::instantiated(parts));
    }
  }
  return instances;
}

/// Everything wrong with the lines, as `exturbo check` says it but for analyses, which are left behind.
std::vector<core::Fault> line_faults(const std::vector<std::string>& lines, const std::string& file) {
  std::vector<core::Fault> faults = spice::check_netlist(lines, file);
  std::erase_if(faults, [](const core::Fault& fault) { return fault.id == "SPI-007"; });
  for (core::Fault& fault : spice::check_expansion(lines, file)) faults.push_back(std::move(fault));
  return faults;
}

/// Name of the subcircuit to draft, or "" and a fault.
std::string choose_cell(const std::map<std::string, spice::Subcircuit>& all, const std::string& asked,
                        const std::string& file, std::vector<core::Fault>& faults) {
  std::vector<std::string> names;
  for (const auto& [name, definition] : all) names.push_back(name);
  if (all.empty()) {
    faults.push_back({"INI-001", file, "", "the netlist has no .subckt",
                      "put the circuit into .subckt NAME inp inn out vdd vss ... .ends"});
    return "";
  }
  if (!asked.empty()) {
    if (all.contains(core::lower_case(asked))) return core::lower_case(asked);
    faults.push_back({"INI-002", "command line", "--cell", "the netlist has no .subckt '" + asked + "'",
                      spice::did_you_mean(core::lower_case(asked), names, "it has " + spice::join(names))});
    return "";
  }
  std::set<std::string> inner;
  for (const auto& [name, instances] : instances_of(all)) inner.insert(instances.begin(), instances.end());
  std::vector<std::string> top;
  std::copy_if(names.begin(), names.end(), std::back_inserter(top),
               [&](const std::string& name) { return !inner.contains(name); });
  if (top.size() == 1) return top[0];
  faults.push_back({"INI-003", file, "", "the netlist has " + std::to_string(top.size()) + " cells that no other holds",
                    "choose one by --cell: " + spice::join(top.empty() ? names : top)});
  return "";
}

/// The cell and the subcircuits below it.
std::set<std::string> with_inner(const std::map<std::string, spice::Subcircuit>& all, const std::string& cell) {
  const auto instances = instances_of(all);
  std::set<std::string> kept;
  std::vector<std::string> open{cell};
  while (!open.empty()) {
    const std::string name = open.back();
    open.pop_back();
    if (!all.contains(name) || !kept.insert(name).second) continue;
    const auto below = instances.find(name);
    if (below != instances.end()) open.insert(open.end(), below->second.begin(), below->second.end());
  }
  return kept;
}

/// A .subckt or .ends statement with another name in it; as it is if only case differs.
std::string renamed(const std::string& statement, const std::string& name) {
  const std::size_t begin = statement.find_first_not_of(" \t", statement.find_first_of(" \t"));
  const std::size_t end = std::min(statement.find_first_of(" \t", begin), statement.size());
  if (core::lower_case(statement.substr(begin, end - begin)) == name) return statement;
  return statement.substr(0, begin) + name + statement.substr(end);
}

/// True for a statement outside of all subcircuits that the cell may need.
bool is_kept_outside(const std::vector<std::string>& parts) {
  return parts[0] == ".param" || parts[0] == ".func" || parts[0] == ".global" ||
         (parts[0] == ".model" && !is_mos_card(parts));
}

}  // namespace

DraftCell read_draft_cell(const fs::path& file, const std::string& asked, std::vector<core::Fault>& faults) {
  DraftCell cell;
  cell.file = file.string();
  std::error_code error;
  const fs::path path = fs::canonical(file, error);
  if (error || !fs::is_regular_file(path, error)) {
    faults.push_back({"FIL-001", cell.file, "", error ? "no such file" : "not a regular file", "name a SPICE netlist"});
    return cell;
  }
  cell.file = path.string();
  problem::SourceText text = problem::read_source(path, "", problem::netlist_rules(path.parent_path()), faults);
  cell.source = std::move(text.lines);
  cell.places = std::move(text.sources);
  std::vector<core::Fault> found = line_faults(cell.source, path.string());
  const bool readable = found.empty() && faults.empty();
  const auto all = spice::subcircuits(cell.source);
  if (readable) cell.subcircuit = choose_cell(all, asked, path.string(), found);
  problem::name_sources(cell.places, path.string(), found);
  faults.insert(faults.end(), found.begin(), found.end());
  if (cell.subcircuit.empty()) return cell;
  cell.name = problem_name(cell.subcircuit);
  cell.ports = all.at(cell.subcircuit).ports;

  const std::set<std::string> kept = with_inner(all, cell.subcircuit);
  std::map<int, std::string> statements;
  for (spice::Statement& statement : spice::statements(cell.source))
    statements.emplace(statement.line, std::move(statement.text));
  std::string open;
  for (std::size_t i = 0; i < cell.source.size(); ++i) {
    const int number = static_cast<int>(i) + 1;
    const auto statement = statements.find(number);
    if (statement == statements.end()) {
      const std::string& raw = cell.source[i];
      const bool is_blank = raw.find_first_not_of(" \t\r") == std::string::npos;
      if (kept.contains(open) && (is_blank || raw.starts_with('*')))
        cell.lines.push_back({number, open, is_blank ? "" : raw});
      continue;
    }
    const std::vector<std::string> parts = spice::words(statement->second);
    if (parts.empty()) continue;
    if (is_mos_card(parts)) cell.mos_cards[parts[1]] = parts[2];
    if (parts[0] == ".subckt" && parts.size() > 1) open = parts[1];
    const bool stays = open.empty() ? is_kept_outside(parts) : kept.contains(open) && !is_mos_card(parts);
    const bool names_cell =
        (parts[0] == ".subckt" || parts[0] == ".ends") && parts.size() > 1 && parts[1] == cell.subcircuit;
    if (stays)
      cell.lines.push_back({number, open, names_cell ? renamed(statement->second, cell.name) : statement->second});
    if (parts[0] == ".ends") open.clear();
  }
  return cell;
}

}  // namespace exturbo::agents
