// Everything that can be said about a problem without simulating it: see netlist_check.hpp.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cmath>
#include <set>

#include "expansion_check.hpp"
#include "exturbo/core/number.hpp"
#include "exturbo/problem/expression.hpp"
#include "exturbo/spice/netlist_check.hpp"
#include "fault_hints.hpp"
#include "library.hpp"
#include "metric_check.hpp"
#include "monte_carlo_deck.hpp"
#include "netlist_names.hpp"

namespace exturbo::spice {
namespace {

/// Faults of pasted lines name the file and line that they were read from; what two texts share is told once.
void name_files(const problem::Problem& problem, std::vector<core::Fault>& faults) {
  problem::name_sources(problem.netlist_sources, problem.netlist.string(), faults);
  for (const problem::Testbench& bench : problem.testbenches) {
    // Places in a bench that is another one's file are the same ones: naming them twice changes nothing but a line that
    // an include has moved, so that each file is looked at once.
    const bool first = &bench == &*std::find_if(problem.testbenches.begin(), problem.testbenches.end(),
                                                [&](const auto& other) { return other.netlist == bench.netlist; });
    if (first) problem::name_sources(bench.sources, bench.netlist.string(), faults);
  }
  std::set<std::vector<std::string>> seen;
  std::erase_if(faults, [&](const core::Fault& fault) {
    return !seen.insert({fault.id, fault.file, fault.place, fault.what}).second;
  });
}

/// What is refused in the library of each corner that the problem names.
std::vector<core::Fault> library_faults(const problem::Problem& problem) {
  std::vector<core::Fault> faults;
  std::set<std::vector<std::string>> seen;
  for (const auto& [corner, text] : problem.process.library) {
    const std::string name = "library of " + corner;
    std::vector<core::Fault> found = check_library(text.lines, name);
    for (core::Fault& fault : check_expansion(text.lines, name)) {
      // A parameter of a library may be defined by one of the same name outside of its subcircuit.
      if (fault.id != "SPI-043") found.push_back(std::move(fault));
    }
    problem::name_sources(text.sources, name, found);
    for (core::Fault& fault : found) {
      if (seen.insert({fault.id, fault.file, fault.place, fault.what}).second) faults.push_back(std::move(fault));
    }
  }
  return faults;
}

class ProblemCheck {
 public:
  explicit ProblemCheck(const problem::Problem& problem)
      : problem_(problem),
        cells_(subcircuits(problem.netlist_lines)),
        models_(process_models(problem.process)),
        library_(library_subcircuits(problem.process)) {
    for (const auto& [name, value] : problem.parameters) values_[lower_case(name)] = value;
    for (const problem::Variable& variable : problem.variables) values_[lower_case(variable.name)] = variable.min;
  }

  std::vector<core::Fault> run() {
    check_names();
    check_lines(problem_.netlist_lines, problem_.netlist.string());
    check_cell();
    const std::vector<std::string> netlist = without_control(problem_.netlist_lines);
    check_statements(netlist, problem_.netlist.string());
    note_uses(netlist, problem_.netlist.string());
    check_size(netlist, problem_.netlist.string(), {});
    std::set<std::string> seen;
    for (const problem::Testbench& testbench : problem_.testbenches) {
      // Two testbenches may share a file: its lines are told once.
      if (seen.insert(testbench.netlist.string()).second) {
        check_lines(testbench.lines, testbench.netlist.string());
        const std::vector<std::string> lines = without_control(testbench.lines);
        check_statements(lines, testbench.netlist.string());
        note_uses(lines, testbench.netlist.string());
        check_size(lines, testbench.netlist.string(), netlist);
      }
      check_testbench(testbench);
    }
    check_unused_variables();
    for (core::Fault& fault : check_metrics(problem_, values_)) faults_.push_back(std::move(fault));
    name_files(problem_, faults_);
    for (core::Fault& fault : library_faults(problem_)) faults_.push_back(std::move(fault));
    return faults_;
  }

 private:
  /// A text with the cells of another one and the library behind it, of which only the size counts here: their own
  /// faults are told once.
  void check_size(std::vector<std::string> lines, const std::string& file, const std::vector<std::string>& cells) {
    const std::size_t count = lines.size();
    lines.insert(lines.end(), cells.begin(), cells.end());
    const auto library = problem_.process.library.find("tt");
    if (library != problem_.process.library.end())
      lines.insert(lines.end(), library->second.lines.begin(), library->second.lines.end());
    for (core::Fault& fault : check_expansion(lines, file)) {
      if (std::stoul(fault.place.substr(5)) <= count) faults_.push_back(std::move(fault));
    }
  }

  void check_lines(const std::vector<std::string>& lines, const std::string& file) {
    for (core::Fault& fault : check_netlist(lines, file, problem_.allow_command)) {
      refused_.insert(file + ": " + fault.place);
      faults_.push_back(std::move(fault));
    }
  }
  /// What a refused line names needs no faults of its own.
  bool is_refused(const std::string& file, int number) const { return refused_.count(file + ": " + line(number)) > 0; }

  void fault(const std::string& id, const std::string& file, const std::string& place, const std::string& what,
             const std::string& hint) {
    faults_.push_back({id, file, place, what, hint});
  }
  void json_fault(const std::string& id, const std::string& pointer, const std::string& what, const std::string& hint) {
    fault(id, problem_.file.string(), pointer, what, hint);
  }
  static std::string line(int number) { return "line " + std::to_string(number); }

  void check_names() {
    const auto check = [&](const std::string& place, const std::string& kind, const std::string& name) {
      const std::string what = "a " + kind + " cannot be named '" + name + "'";
      if (is_reserved_name(name))
        json_fault("SPI-020", place + name, what,
                   "ngspice's expressions read it as a function or constant: choose another name");
      if (is_monte_carlo_name(lower_case(name)))
        json_fault("SPI-020", place + name, what, "the program's own Monte Carlo uses it: choose another name");
    };
    for (const problem::Variable& variable : problem_.variables) check("/variables/", "variable", variable.name);
    for (const auto& [name, value] : problem_.parameters) check("/parameters/", "parameter", name);
  }

  void check_cell() {
    const auto cell = cells_.find(lower_case(problem_.cell));
    if (cell == cells_.end()) {
      std::vector<std::string> names;
      for (const auto& [name, definition] : cells_) names.push_back(name);
      json_fault("SPI-021", "/cell", "the netlist defines no subcircuit '" + problem_.cell + "'",
                 did_you_mean(lower_case(problem_.cell), names,
                              names.empty() ? "write .subckt " + problem_.cell + " inp inn out vdd vss"
                                            : "it defines " + join(names)));
    }
  }

  bool is_model(const std::string& name, const std::set<std::string>& local) const {
    return local.count(name) > 0 || models_.count(name) > 0;
  }

  /// Models and subcircuits that element lines name.
  void check_statements(const std::vector<std::string>& lines, const std::string& file) {
    std::set<std::string> local;
    std::map<std::string, Subcircuit> known = subcircuits(lines);
    known.insert(cells_.begin(), cells_.end());
    known.insert(library_.begin(), library_.end());
    for (const Statement& statement : statements(lines)) {
      const std::vector<std::string> parts = words(statement.text);
      if (parts.size() > 1 && parts[0] == ".model") local.insert(parts[1]);
    }
    for (const Statement& statement : statements(lines)) {
      std::vector<std::string> parts = words(statement.text);
      if (parts.empty() || is_refused(file, statement.line)) continue;
      if (parts[0][0] == 'm' && parts.size() >= 6) check_model(parts, 5, statement.line, file, local);
      if (parts[0][0] == 'q' && parts.size() == 5) check_model(parts, 4, statement.line, file, local);
      if (parts[0][0] == 'd' && parts.size() >= 4) check_model(parts, 3, statement.line, file, local);
      if (parts[0][0] != 'x') continue;
      while (parts.size() > 1 && (parts.back().find('=') != std::string::npos || parts.back() == "params:"))
        parts.pop_back();
      const auto cell = known.find(parts.back());
      if (cell == known.end()) {
        if (parts.back() == lower_case(problem_.cell)) continue;  // told at /cell
        std::vector<std::string> names;
        for (const auto& [name, definition] : known) names.push_back(name);
        for (const auto& [name, device] : problem_.process.devices) {
          if (device.is_subcircuit && known.count(name) == 0) names.push_back(name);
        }
        fault("SPI-023", file, line(statement.line), "unknown subcircuit '" + parts.back() + "'",
              did_you_mean(parts.back(), names, names.empty() ? "define it by .subckt" : "known: " + join(names)));
      } else if (cell->second.ports.size() + 2 != parts.size()) {
        fault("SPI-024", file, line(statement.line),
              "'" + parts[0] + "' has " + std::to_string(parts.size() - 2) + " nodes, " + cell->first + " has " +
                  std::to_string(cell->second.ports.size()) + " ports",
              "the ports are " + join(cell->second.ports));
      }
    }
  }

  void check_model(const std::vector<std::string>& parts, std::size_t at, int number, const std::string& file,
                   const std::set<std::string>& local) {
    if (is_model(parts[at], local)) return;
    std::vector<std::string> names = list(local);
    names.insert(names.end(), models_.begin(), models_.end());
    const bool is_subcircuit = library_.count(parts[at]) > 0;
    fault("SPI-025", file, line(number),
          "'" + parts[0] + "': the process " + problem_.process.name + " has no model '" + parts[at] + "'",
          is_subcircuit   ? "it is a subcircuit of the library: write X" + parts[0] + " in place of " + parts[0]
          : names.empty() ? "the library of the process has no such model"
                          : "known: " + join(names));
  }

  /// Remembers which names the file uses and faults those that nothing defines.
  void note_uses(const std::vector<std::string>& lines, const std::string& file) {
    const NetlistNames names = netlist_names(lines);
    for (const auto& [name, number] : names.used) {
      used_.insert(name);
      if (values_.count(name) > 0 || names.defined.count(name) > 0 || is_built_in_value(name) ||
          is_refused(file, number))
        continue;
      std::vector<std::string> known = list(names.defined);
      for (const auto& [value_name, value] : values_) known.push_back(value_name);
      fault("SPI-026", file, line(number), "'" + name + "' is neither a variable nor a parameter nor defined by .param",
            did_you_mean(name, known, "define it in the problem JSON"));
    }
  }

  void check_unused_variables() {
    if (cells_.count(lower_case(problem_.cell)) == 0) return;  // told at /cell; its variables are used in the true one
    for (const problem::Variable& variable : problem_.variables) {
      const bool leads = std::any_of(problem_.variables.begin(), problem_.variables.end(),
                                     [&](const problem::Variable& other) { return other.tie == variable.name; });
      if (used_.count(lower_case(variable.name)) > 0 || leads) continue;
      json_fault("SPI-027", "/variables/" + variable.name, "no netlist uses the variable '" + variable.name + "'",
                 "write {" + variable.name + "} where it belongs, or remove it");
    }
  }

  void check_testbench(const problem::Testbench& testbench) {
    const std::string pointer = "/testbenches/" + testbench.name;
    const NetlistNames names = netlist_names(testbench.lines);
    if (!cell_instance(testbench.lines, problem_.cell)) {
      fault("SPI-028", testbench.netlist.string(), "", "no instance of the cell '" + problem_.cell + "'",
            "write Xdut inp inn out vdd 0 " + problem_.cell);
    }
    for (const problem::Analysis& analysis : testbench.analyses) {
      const std::string at = pointer + "/analyses/" + analysis.name;
      for (const auto& [source, magnitude] : analysis.ac) {
        if (names.sources.count(lower_case(source)) == 0) {
          json_fault(
              "SPI-029", at + "/ac/" + source, "the testbench has no source '" + source + "'",
              did_you_mean(lower_case(source), list(names.sources), "its sources: " + join(list(names.sources))));
        }
      }
      check_command(analysis, at, names);
    }
  }

  void check_command(const problem::Analysis& analysis, const std::string& at, const NetlistNames& names) {
    std::vector<std::string> parts;
    try {
      parts = words(problem::substitute_expressions(lower_case(analysis.command), values_));
    } catch (const problem::ExpressionError&) {
      return;  // told when the problem was read
    }
    const std::string kind = parts.empty() ? "" : parts[0];
    const auto source_fault = [&](const std::string& source) {
      json_fault("SPI-029", at + "/command", "the testbench has no source '" + source + "'",
                 did_you_mean(source, list(names.sources), "its sources: " + join(list(names.sources))));
    };
    const std::size_t needed = kind == "ac" ? 5 : kind == "dc" ? 5 : kind == "tran" ? 3 : kind == "noise" ? 7 : 1;
    if (parts.size() < needed) {
      json_fault("SPI-030", at + "/command", "the " + kind + " analysis is incomplete",
                 kind == "ac"     ? "ac dec|lin|oct POINTS FROM TO"
                 : kind == "dc"   ? "dc SOURCE FROM TO STEP"
                 : kind == "tran" ? "tran STEP STOP [START [MAX]]"
                                  : "noise v(NODE) SOURCE dec POINTS FROM TO");
      return;
    }
    check_points(parts, at);
    if (kind == "dc" && names.sources.count(parts[1]) == 0 && parts[1] != "temp") source_fault(parts[1]);
    if (kind == "noise" && std::none_of(parts.begin(), parts.end(),
                                        [&](const std::string& part) { return names.sources.count(part) > 0; }))
      source_fault(parts[3]);
  }

  /// An analysis of too many points takes all time and memory; one that never gets on takes them too.
  void check_points(const std::vector<std::string>& parts, const std::string& at) {
    constexpr double kMaxPoints = 1e6;
    const std::string& kind = parts[0];
    const auto spacing = std::find_if(parts.begin(), parts.end(), [](const std::string& part) {
      return part == "dec" || part == "oct" || part == "lin";
    });
    const auto number = [&](std::size_t i) {
      return i < parts.size() ? core::parse_number(parts[i]).value_or(std::nan("")) : 0.0;
    };
    double points = 1;
    if (kind == "tran") {
      const double step = number(4) > 0 ? number(4) : std::min(number(1), (number(2) - number(3)) / 50);
      points = number(2) / step;
    } else if (kind == "dc") {
      for (std::size_t i = 1; i + 3 < parts.size(); i += 4)
        points *= 1 + std::abs((number(i + 2) - number(i + 1)) / number(i + 3));
    } else if (spacing != parts.end()) {
      const auto at_spacing = static_cast<std::size_t>(spacing - parts.begin());
      const double ratio = number(at_spacing + 3) / number(at_spacing + 2);
      points = number(at_spacing + 1) * (*spacing == "dec"   ? 1 + std::log10(ratio)
                                         : *spacing == "oct" ? 1 + std::log2(ratio)
                                                             : 1);
    }
    if (points <= kMaxPoints && points >= 0) return;
    json_fault("SPI-045", at + "/command", "the " + kind + " analysis has more than a million points, or no end",
               "take larger steps or a shorter range");
  }

  const problem::Problem& problem_;
  std::map<std::string, Subcircuit> cells_;
  std::set<std::string> models_;               ///< Of the process.
  std::map<std::string, Subcircuit> library_;  ///< Of the process.
  std::map<std::string, double> values_;       ///< Parameters and variables, lower case.
  std::set<std::string> used_;
  std::set<std::string> refused_;  ///< "file: line N" that check_netlist faults.
  std::vector<core::Fault> faults_;
};

}  // namespace

std::vector<core::Fault> check_files(const problem::Problem& problem) {
  std::vector<core::Fault> faults =
      check_netlist(problem.netlist_lines, problem.netlist.string(), problem.allow_command);
  for (const problem::Testbench& bench : problem.testbenches) {
    for (core::Fault& fault : check_netlist(bench.lines, bench.netlist.string(), problem.allow_command))
      faults.push_back(std::move(fault));
  }
  name_files(problem, faults);
  for (core::Fault& fault : library_faults(problem)) faults.push_back(std::move(fault));
  return faults;
}

std::vector<core::Fault> check_problem(const problem::Problem& problem) { return ProblemCheck(problem).run(); }

}  // namespace exturbo::spice
