// The cell of a Monte Carlo deck: see monte_carlo_deck.hpp.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <optional>

#include "exturbo/core/number.hpp"
#include "exturbo/problem/model_name.hpp"
#include "library.hpp"
#include "monte_carlo_deck.hpp"
#include "netlist_text.hpp"

namespace exturbo::spice {
namespace {

constexpr const char* kGateNode = "mc_g_";
constexpr const char* kGateSource = "vmc_";
constexpr const char* kCell = "mc_cell_";
constexpr const char* kNames[] = {kGateNode, kGateSource, kCell, "mc_vt_", "mc_beta_", "mc_card_"};

/// What the mismatch of a transistor line needs to know of it.
struct Varied {
  problem::Mismatch mismatch;
  bool is_pmos = false;
  double unit = 1;  ///< m per unit of width and length.
  std::string width = "w";
  std::string length = "l";
  std::vector<std::string> multipliers{"m"};  ///< Keys whose product is the number of devices; the first one varies.
};

/// Value text without its braces or quotes, in parentheses.
std::string bracketed(const std::string& text) {
  const bool wrapped = text.size() > 1 && (text.front() == '{' || text.front() == '\'');
  return "(" + (wrapped ? text.substr(1, text.size() - 2) : text) + ")";
}

/// Word of an X line that names its subcircuit.
std::size_t target_of(const std::vector<std::string>& parts) {
  std::size_t last = parts.size() - 1;
  while (last > 0 && (parts[last].find('=') != std::string::npos || parts[last] == "params:")) --last;
  return last;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string line;
  for (const std::string& part : parts) line += (line.empty() ? "" : " ") + part;
  return line;
}

class CellWriter {
 public:
  CellWriter(const problem::Problem& problem, const std::vector<std::string>& drawn)
      : process_(problem.process),
        library_(library_subcircuits(problem.process)),
        cells_(subcircuits(drawn)),
        drawn_(drawn),
        cell_(lower_case(problem.cell)) {}

  VariedCell run() {
    // Other subcircuits stay: a testbench may use them, too.
    bool inside_cell = false;
    std::vector<std::string> kept;
    for (const std::string& line : drawn_) {
      const std::vector<std::string> parts = words(line);
      if (parts.size() > 1 && parts[0] == ".subckt" && parts[1] == cell_) inside_cell = true;
      if (!inside_cell) kept.push_back(line);
      if (!parts.empty() && parts[0] == ".ends") inside_cell = false;
    }
    write(cell_, cell_, "", 0);
    result_.lines.insert(result_.lines.begin(), kept.begin(), kept.end());
    return std::move(result_);
  }

 private:
  struct Below {
    std::string cell;
    std::string written_name;
    std::string path;
  };

  void write(const std::string& name, const std::string& written_name, const std::string& path, int depth) {
    const auto found = cells_.find(name);
    if (found == cells_.end() || depth >= kMaxNesting) return;
    std::string head = ".subckt " + written_name;
    for (const std::string& word : header_of(name)) head += " " + word;
    std::vector<std::string> body{head};
    std::vector<Below> below;
    for (const Statement& statement : found->second.body) {
      std::vector<std::string> parts = words(statement.text);
      const std::string first = statement.text.substr(0, statement.text.find_first_of(" \t"));
      if (parts[0][0] == 'x' && cells_.contains(parts[target_of(parts)])) {
        std::string& target = parts[target_of(parts)];
        below.push_back({target, kCell + std::to_string(++written_cells_), path + first + "."});
        target = below.back().written_name;
        body.push_back(joined(parts));
      } else if (const auto varied = varied_device(parts)) {
        result_.devices.push_back(path + first);
        write_device(*varied, std::move(parts), body);
      } else {
        body.push_back(statement.text);
      }
    }
    body.push_back(".ends " + written_name);
    result_.lines.insert(result_.lines.end(), body.begin(), body.end());
    for (const Below& inner : below) write(inner.cell, inner.written_name, inner.path, depth + 1);
  }

  /// Ports and parameters of a subcircuit as they stand behind its name.
  std::vector<std::string> header_of(const std::string& name) const {
    for (const std::string& line : drawn_) {
      const std::vector<std::string> parts = words(line);
      if (parts.size() > 1 && parts[0] == ".subckt" && parts[1] == name) return {parts.begin() + 2, parts.end()};
    }
    return {};
  }

  /// The transistor of a line, if it has a mismatch and gives its width and length.
  std::optional<Varied> varied_device(const std::vector<std::string>& parts) const {
    const std::size_t target = parts[0][0] == 'm' ? 5 : parts[0][0] == 'x' ? target_of(parts) : 0;
    if (target < 4 || target >= parts.size()) return std::nullopt;
    const auto mismatch = process_.mismatch.find(parts[target]);
    if (mismatch == process_.mismatch.end()) return std::nullopt;
    Varied varied;
    varied.mismatch = mismatch->second;
    const auto device = process_.devices.find(parts[target]);
    varied.is_pmos = device != process_.devices.end() ? device->second.type == "pmos" : has_pmos_card(parts[target]);
    if (parts[0][0] == 'x') {
      const auto subcircuit = library_.find(parts[target]);
      if (subcircuit == library_.end() || device == process_.devices.end()) return std::nullopt;
      varied.unit = device->second.unit;
      varied.width = device->second.width;
      varied.length = device->second.length;
      // Without a parameter of its own for it, a subcircuit is multiplied by ngspice.
      if (subcircuit->second.parameters.contains(device->second.multiplier))
        varied.multipliers.insert(varied.multipliers.begin(), device->second.multiplier);
    }
    if (!keyword(parts, varied.width) || !keyword(parts, varied.length)) return std::nullopt;
    return varied;
  }

  /// The transistor of a number, with a source before its gate and its share of current in its multiplier.
  void write_device(const Varied& varied, std::vector<std::string> parts, std::vector<std::string>& body) const {
    const std::size_t number = result_.devices.size();
    std::string count;
    for (const std::string& key : varied.multipliers)
      count += (count.empty() ? "" : "*") + bracketed(keyword(parts, key).value_or("1"));
    const std::string area = "sqrt(" + core::format_exact(2 * varied.unit * varied.unit) + "*" +
                             bracketed(*keyword(parts, varied.width)) + "*" +
                             bracketed(*keyword(parts, varied.length)) + "*" + count + ")";
    const std::string inner = kGateNode + std::to_string(number);
    const double a_vt = (varied.is_pmos ? -1 : 1) * varied.mismatch.a_vt;
    body.push_back(kGateSource + std::to_string(number) + " " + parts[2] + " " + inner + " dc {" +
                   device_variate("vt", number) + "*(" + core::format_exact(a_vt) + ")/" + area + "}");
    parts[2] = inner;
    const std::string& multiplier = varied.multipliers.front();
    const std::string own = bracketed(keyword(parts, multiplier).value_or("1"));
    std::erase_if(parts, [&](const std::string& part) { return part.starts_with(multiplier + "="); });
    body.push_back(joined(parts) + " " + multiplier + "={" + own + "*(1+" + device_variate("beta", number) + "*" +
                   core::format_exact(varied.mismatch.a_beta) + "/" + area + ")}");
  }

  bool has_pmos_card(const std::string& model) const {
    return std::any_of(process_.models.begin(), process_.models.end(), [&](const problem::ModelCard& card) {
      return problem::base_name(card.name) == model && card.type == "pmos";
    });
  }

  const problem::Process& process_;
  std::map<std::string, Subcircuit> library_;
  std::map<std::string, Subcircuit> cells_;
  const std::vector<std::string>& drawn_;
  std::string cell_;
  VariedCell result_;
  std::size_t written_cells_ = 0;
};

}  // namespace

std::string device_variate(const char* kind, std::size_t number) {
  return std::string("mc_") + kind + "_" + std::to_string(number);
}

bool is_monte_carlo_name(const std::string& name) {
  return std::any_of(std::begin(kNames), std::end(kNames), [&](const char* start) { return name.starts_with(start); });
}

VariedCell vary_cell(const problem::Problem& problem, const std::vector<std::string>& drawn) {
  return CellWriter(problem, drawn).run();
}

}  // namespace exturbo::spice
