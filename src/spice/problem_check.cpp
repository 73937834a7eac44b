// Everything that can be said about a problem without simulating it: see netlist_check.hpp.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <set>

#include "exturbo/core/number.hpp"
#include "exturbo/problem/expression.hpp"
#include "exturbo/spice/deck.hpp"
#include "exturbo/spice/measures.hpp"
#include "exturbo/spice/netlist_check.hpp"
#include "measures/measure.hpp"
#include "netlist_names.hpp"
#include "plan.hpp"

namespace exturbo::spice {
namespace {

using problem::MetricKind;

std::string did_you_mean(const std::string& name, const std::vector<std::string>& known, const std::string& otherwise) {
  const std::string closest = core::closest_name(name, known);
  return closest.empty() ? otherwise : "did you mean '" + closest + "'?";
}

std::vector<std::string> list(const std::set<std::string>& names) { return {names.begin(), names.end()}; }

std::string join(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

class ProblemCheck {
 public:
  explicit ProblemCheck(const problem::Problem& problem) : problem_(problem), cells_(subcircuits(problem.netlist_lines)) {
    for (const auto& [name, value] : problem.parameters) values_[lower_case(name)] = value;
    for (const problem::Variable& variable : problem.variables) values_[lower_case(variable.name)] = variable.min;
  }

  std::vector<core::Fault> run() {
    check_names();
    check_lines(problem_.netlist_lines, problem_.netlist.string());
    check_cell();
    check_statements(problem_.netlist_lines, problem_.netlist.string());
    note_uses(problem_.netlist_lines, problem_.netlist.string());
    std::set<std::string> seen;
    for (const problem::Testbench& testbench : problem_.testbenches) {
      // Two testbenches may share a file: its lines are told once.
      if (seen.insert(testbench.netlist.string()).second) {
        check_lines(testbench.lines, testbench.netlist.string());
        check_statements(testbench.lines, testbench.netlist.string());
        note_uses(testbench.lines, testbench.netlist.string());
      }
      check_testbench(testbench);
    }
    check_unused_variables();
    for (const problem::MetricDefinition& metric : problem_.metrics) check_metric(metric);
    return faults_;
  }

 private:
  void check_lines(const std::vector<std::string>& lines, const std::string& file) {
    for (core::Fault& fault : check_netlist(lines, file)) {
      refused_.insert(file + ": " + fault.place);
      faults_.push_back(std::move(fault));
    }
  }
  /// What a refused line names needs no faults of its own.
  bool is_refused(const std::string& file, int number) const { return refused_.count(file + ": " + line(number)) > 0; }

  void fault(const std::string& id, const std::string& file, const std::string& place, const std::string& what, const std::string& hint) {
    faults_.push_back({id, file, place, what, hint});
  }
  void json_fault(const std::string& id, const std::string& pointer, const std::string& what, const std::string& hint) {
    fault(id, problem_.file.string(), pointer, what, hint);
  }
  static std::string line(int number) { return "line " + std::to_string(number); }

  void check_names() {
    const std::string hint = "ngspice's expressions read it as a function or constant: choose another name";
    for (const problem::Variable& variable : problem_.variables) {
      if (is_reserved_name(variable.name)) json_fault("SPI-020", "/variables/" + variable.name, "a variable cannot be named '" + variable.name + "'", hint);
    }
    for (const auto& [name, value] : problem_.parameters) {
      if (is_reserved_name(name)) json_fault("SPI-020", "/parameters/" + name, "a parameter cannot be named '" + name + "'", hint);
    }
  }

  void check_cell() {
    const auto cell = cells_.find(lower_case(problem_.cell));
    if (cell == cells_.end()) {
      std::vector<std::string> names;
      for (const auto& [name, definition] : cells_) names.push_back(name);
      json_fault("SPI-021", "/cell", "the netlist defines no subcircuit '" + problem_.cell + "'",
                 did_you_mean(lower_case(problem_.cell), names, names.empty() ? "write .subckt " + problem_.cell + " inp inn out vdd vss" : "it defines " + join(names)));
    }
  }

  bool is_model(const std::string& name, const std::set<std::string>& local) const {
    return local.count(name) > 0 || std::any_of(problem_.process.models.begin(), problem_.process.models.end(),
                                                [&](const problem::ModelCard& card) { return lower_case(card.name) == name; });
  }

  /// Models and subcircuits that element lines name.
  void check_statements(const std::vector<std::string>& lines, const std::string& file) {
    std::set<std::string> local;
    std::map<std::string, Subcircuit> known = subcircuits(lines);
    known.insert(cells_.begin(), cells_.end());
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
      while (parts.size() > 1 && (parts.back().find('=') != std::string::npos || parts.back() == "params:")) parts.pop_back();
      const auto cell = known.find(parts.back());
      if (cell == known.end()) {
        if (parts.back() == lower_case(problem_.cell)) continue;  // told at /cell
        std::vector<std::string> names;
        for (const auto& [name, definition] : known) names.push_back(name);
        fault("SPI-023", file, line(statement.line), "unknown subcircuit '" + parts.back() + "'", did_you_mean(parts.back(), names, names.empty() ? "define it by .subckt" : "known: " + join(names)));
      } else if (cell->second.ports.size() + 2 != parts.size()) {
        fault("SPI-024", file, line(statement.line), "'" + parts[0] + "' has " + std::to_string(parts.size() - 2) + " nodes, " + cell->first + " has " +
                  std::to_string(cell->second.ports.size()) + " ports", "the ports are " + join(cell->second.ports));
      }
    }
  }

  void check_model(const std::vector<std::string>& parts, std::size_t at, int number, const std::string& file, const std::set<std::string>& local) {
    if (is_model(parts[at], local)) return;
    std::vector<std::string> names = list(local);
    for (const problem::ModelCard& card : problem_.process.models) names.push_back(card.name);
    fault("SPI-025", file, line(number), "'" + parts[0] + "': the process " + problem_.process.name + " has no model '" + parts[at] + "'",
          "known: " + join(names));
  }

  /// Remembers which names the file uses and faults those that nothing defines.
  void note_uses(const std::vector<std::string>& lines, const std::string& file) {
    const NetlistNames names = netlist_names(lines);
    static const std::set<std::string> kBuiltIn{"time", "temper", "hertz", "pi", "e"};
    for (const auto& [name, number] : names.used) {
      used_.insert(name);
      if (values_.count(name) > 0 || names.defined.count(name) > 0 || kBuiltIn.count(name) > 0 || is_refused(file, number)) continue;
      std::vector<std::string> known = list(names.defined);
      for (const auto& [value_name, value] : values_) known.push_back(value_name);
      fault("SPI-026", file, line(number), "'" + name + "' is neither a variable nor a parameter nor defined by .param",
            did_you_mean(name, known, "define it in the problem JSON"));
    }
  }

  void check_unused_variables() {
    if (cells_.count(lower_case(problem_.cell)) == 0) return;  // told at /cell; its variables are used in the true one
    for (const problem::Variable& variable : problem_.variables) {
      const bool leads = std::any_of(problem_.variables.begin(), problem_.variables.end(), [&](const problem::Variable& other) { return other.tie == variable.name; });
      if (used_.count(lower_case(variable.name)) > 0 || leads) continue;
      json_fault("SPI-027", "/variables/" + variable.name, "no netlist uses the variable '" + variable.name + "'", "write {" + variable.name + "} where it belongs, or remove it");
    }
  }

  void check_testbench(const problem::Testbench& testbench) {
    const std::string pointer = "/testbenches/" + testbench.name;
    const NetlistNames names = netlist_names(testbench.lines);
    if (!cell_instance(testbench.lines, problem_.cell)) {
      fault("SPI-028", testbench.netlist.string(), "", "no instance of the cell '" + problem_.cell + "'", "write Xdut inp inn out vdd 0 " + problem_.cell);
    }
    for (const problem::Analysis& analysis : testbench.analyses) {
      const std::string at = pointer + "/analyses/" + analysis.name;
      for (const auto& [source, magnitude] : analysis.ac) {
        if (names.sources.count(lower_case(source)) == 0) {
          json_fault("SPI-029", at + "/ac/" + source, "the testbench has no source '" + source + "'", did_you_mean(lower_case(source), list(names.sources), "its sources: " + join(list(names.sources))));
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
      json_fault("SPI-029", at + "/command", "the testbench has no source '" + source + "'", did_you_mean(source, list(names.sources), "its sources: " + join(list(names.sources))));
    };
    const std::size_t needed = kind == "ac" ? 5 : kind == "dc" ? 5 : kind == "tran" ? 3 : kind == "noise" ? 7 : 1;
    if (parts.size() < needed) {
      json_fault("SPI-030", at + "/command", "the " + kind + " analysis is incomplete",
                 kind == "ac" ? "ac dec|lin|oct POINTS FROM TO" : kind == "dc" ? "dc SOURCE FROM TO STEP" : kind == "tran" ? "tran STEP STOP [START [MAX]]" : "noise v(NODE) SOURCE dec POINTS FROM TO");
      return;
    }
    if (kind == "dc" && names.sources.count(parts[1]) == 0 && parts[1] != "temp") source_fault(parts[1]);
    if (kind == "noise" && std::none_of(parts.begin(), parts.end(), [&](const std::string& part) { return names.sources.count(part) > 0; })) source_fault(parts[3]);
  }

  const problem::Testbench* testbench(const std::string& name) const {
    const auto found = std::find_if(problem_.testbenches.begin(), problem_.testbenches.end(), [&](const problem::Testbench& candidate) { return candidate.name == name; });
    return found == problem_.testbenches.end() ? nullptr : &*found;
  }

  void check_metric(const problem::MetricDefinition& metric) {
    const std::string pointer = "/metrics/" + metric.id;
    if (metric.kind == MetricKind::kMargin) {
      check_device(metric.device, metric.id);
    } else if (metric.kind == MetricKind::kMeas) {
      check_meas(metric, pointer);
    } else if (metric.kind == MetricKind::kMeasure) {
      check_measure(metric, pointer);
    }
  }

  void check_device(const std::string& device, const std::string& id) {
    std::vector<std::string> names;
    for (const MosInstance& instance : mos_instances(problem_.netlist_lines, problem_.cell)) names.push_back(instance.name);
    if (std::find(names.begin(), names.end(), device) == names.end()) {
      json_fault("SPI-031", "/metrics/" + id, "the cell has no transistor '" + device + "'", did_you_mean(device, names, "known: " + join(names)));
    }
  }

  void check_meas(const problem::MetricDefinition& metric, const std::string& pointer) {
    const problem::Testbench* bench = testbench(metric.testbench);
    if (bench == nullptr) return;
    const auto names = meas_names(bench->lines);
    const auto found = names.find(lower_case(metric.measure));
    if (found == names.end()) {
      std::vector<std::string> known;
      for (const auto& [name, kind] : names) known.push_back(name);
      json_fault("SPI-032", pointer + "/meas", "the testbench '" + bench->name + "' has no .meas line '" + metric.measure + "'", did_you_mean(metric.measure, known, "add one to " + bench->netlist.filename().string()));
      return;
    }
    const bool runs = std::any_of(bench->analyses.begin(), bench->analyses.end(), [&](const problem::Analysis& analysis) { return analysis_kind(analysis.command) == found->second; });
    if (!runs) json_fault("SPI-033", pointer + "/meas", "the testbench '" + bench->name + "' runs no " + found->second + " analysis", "add one");
  }

  void check_measure(const problem::MetricDefinition& metric, const std::string& pointer) {
    const Measure* measure = measure_of(metric.measure);
    if (measure == nullptr) {
      std::vector<std::string> known;
      for (const MeasureInfo& info : builtin_measures()) known.push_back(info.name);
      json_fault("SPI-034", pointer, "there is no built-in measure '" + metric.measure + "'", did_you_mean(metric.measure, known, "known: " + join(known) + "; or give \"meas\" or \"expression\""));
      return;
    }
    check_option_names(metric, *measure, pointer);
    const problem::Testbench* bench = testbench(metric.testbench);
    if (bench == nullptr) return;
    for (const MeasureAnalysis& needed : measure->info.analyses) {
      const std::string name = option_text(measure->info, metric.options, needed.option);
      const auto found = std::find_if(bench->analyses.begin(), bench->analyses.end(), [&](const problem::Analysis& analysis) { return analysis.name == name; });
      if (found == bench->analyses.end()) {
        json_fault("SPI-035", pointer, "'" + metric.measure + "' needs the " + needed.kind + " analysis '" + name + "', which the testbench '" + bench->name + "' does not have",
                   "add it, or name another by \"" + needed.option + "\"");
      } else if (analysis_kind(found->command) != needed.kind) {
        json_fault("SPI-036", pointer, "'" + metric.measure + "' needs a" + (needed.kind == "ac" ? "n " : " ") + needed.kind + " analysis; '" + name + "' is " + analysis_kind(found->command), "correct the command, or name another analysis by \"" + needed.option + "\"");
      }
    }
    check_option_values(metric, *measure, *bench, pointer);
  }

  void check_option_names(const problem::MetricDefinition& metric, const Measure& measure, const std::string& pointer) {
    std::vector<std::string> known;
    for (const MeasureOption& option : measure.info.options) known.push_back(option.name);
    for (const MeasureAnalysis& analysis : measure.info.analyses) known.push_back(analysis.option);
    for (const auto& [name, text] : metric.options) {
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      json_fault("SPI-037", pointer + "/" + name, "'" + metric.measure + "' has no option '" + name + "'", did_you_mean(name, known, known.empty() ? "it has none" : "known: " + join(known)));
    }
  }

  /// The option where it is given, else the metric.
  static std::string option_pointer(const problem::MetricDefinition& metric, const std::string& pointer, const std::string& option) {
    return metric.options.count(option) > 0 ? pointer + "/" + option : pointer;
  }

  /// Nodes and sources must exist; numbers must be numbers.
  void check_option_values(const problem::MetricDefinition& metric, const Measure& measure, const problem::Testbench& bench, const std::string& pointer) {
    const NetlistNames names = netlist_names(bench.lines);
    for (const MeasureOption& option : measure.info.options) {
      const std::string text = option_text(measure.info, metric.options, option.name);
      const bool is_node = std::find(measure.node_options.begin(), measure.node_options.end(), option.name) != measure.node_options.end();
      if (is_node) {
        if (names.nodes.count(lower_case(text)) == 0) {
          json_fault("SPI-038", option_pointer(metric, pointer, option.name), "the testbench '" + bench.name + "' has no node '" + text + "', the " + option.meaning, did_you_mean(lower_case(text), list(names.nodes), "set \"" + option.name + "\""));
        }
      } else if (option.name == "source") {
        if (names.sources.count(lower_case(text)) == 0) {
          json_fault("SPI-038", option_pointer(metric, pointer, option.name), "the testbench '" + bench.name + "' has no source '" + text + "', the " + option.meaning, did_you_mean(lower_case(text), list(names.sources), "set \"" + option.name + "\""));
        }
      } else {
        check_number(text, option, pointer);
      }
    }
    if (measure.needs_supply && values_.count("vdd") == 0) {
      json_fault("SPI-039", pointer, "'" + metric.measure + "' needs the parameter 'vdd', the supply voltage", "add it to /parameters and use {vdd} in the testbench");
    }
  }

  void check_number(const std::string& text, const MeasureOption& option, const std::string& pointer) {
    try {
      if (core::parse_number(problem::substitute_expressions(lower_case(text), values_))) return;
      json_fault("SPI-040", pointer + "/" + option.name, "'" + text + "' is not a number", "give the " + option.meaning);
    } catch (const problem::ExpressionError& error) {
      json_fault("SPI-040", pointer + "/" + option.name, error.what(), "give the " + option.meaning);
    }
  }

  const problem::Problem& problem_;
  std::map<std::string, Subcircuit> cells_;
  std::map<std::string, double> values_;  ///< Parameters and variables, lower case.
  std::set<std::string> used_;
  std::set<std::string> refused_;  ///< "file: line N" that check_netlist faults.
  std::vector<core::Fault> faults_;
};

}  // namespace

std::vector<core::Fault> check_problem(const problem::Problem& problem) { return ProblemCheck(problem).run(); }

}  // namespace exturbo::spice
