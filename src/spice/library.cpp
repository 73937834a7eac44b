// Libraries: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "library.hpp"

#include "exturbo/problem/model_name.hpp"

namespace exturbo::spice {
namespace {

const std::vector<std::string>& typical_lines(const problem::Process& process) {
  static const std::vector<std::string> kNone;
  const auto text = process.library.find("tt");
  return text == process.library.end() ? kNone : text->second.lines;
}

/// Path of the first MOS inside a subcircuit, "" if it has none. `without` are cells in which none was found: each is
/// looked into once, however often it is instantiated.
std::string first_mos(const std::map<std::string, Subcircuit>& all, const std::string& name, int depth,
                      std::set<std::string>& without) {
  const auto found = all.find(name);
  if (found == all.end() || depth >= kMaxNesting || without.contains(name)) return "";
  for (const Statement& statement : found->second.body) {
    const std::vector<std::string> parts = words(statement.text);
    if (parts.empty()) continue;
    if (parts[0][0] == 'm') return parts[0];
    if (parts[0][0] != 'x') continue;
    const std::string inner = first_mos(all, instantiated(parts), depth + 1, without);
    if (!inner.empty()) return parts[0] + "." + inner;
  }
  without.insert(name);
  return "";
}

}  // namespace

std::set<std::string> process_models(const problem::Process& process) {
  std::set<std::string> names;
  for (const problem::ModelCard& card : process.models) names.insert(problem::base_name(lower_case(card.name)));
  bool inside = false;
  for (const Statement& statement : statements(typical_lines(process))) {
    const std::vector<std::string> parts = words(statement.text);
    if (parts.empty()) continue;
    if (parts[0] == ".subckt") inside = true;
    if (parts[0] == ".ends") inside = false;
    if (parts[0] == ".model" && parts.size() > 1 && !inside) names.insert(problem::base_name(parts[1]));
  }
  return names;
}

std::map<std::string, Subcircuit> library_subcircuits(const problem::Process& process) {
  return subcircuits(typical_lines(process));
}

std::map<std::string, std::string> library_transistors(const problem::Process& process) {
  std::map<std::string, std::string> inner;
  const std::map<std::string, Subcircuit> library = library_subcircuits(process);
  std::set<std::string> without;
  for (const auto& [name, device] : process.devices) {
    if (!device.is_subcircuit) continue;
    const std::string path = device.transistor.empty() ? first_mos(library, name, 0, without) : device.transistor;
    if (!path.empty()) inner[name] = path;
  }
  return inner;
}

std::vector<MosInstance> transistors(const problem::Problem& problem) {
  return mos_instances(problem.netlist_lines, problem.cell, library_transistors(problem.process));
}

}  // namespace exturbo::spice
