// Checks of metrics: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "metric_check.hpp"

#include <algorithm>
#include <optional>

#include "exturbo/core/number.hpp"
#include "exturbo/problem/expression.hpp"
#include "exturbo/spice/deck.hpp"
#include "fault_hints.hpp"
#include "library.hpp"
#include "measures/measure.hpp"
#include "netlist_names.hpp"
#include "plan.hpp"

namespace exturbo::spice {
namespace {

using problem::MetricKind;

class MetricCheck {
 public:
  MetricCheck(const problem::Problem& problem, const std::map<std::string, double>& values)
      : problem_(problem), values_(values) {}

  std::vector<core::Fault> run() {
    for (const problem::MetricDefinition& metric : problem_.metrics) check_metric(metric);
    return faults_;
  }

 private:
  void json_fault(const std::string& id, const std::string& pointer, const std::string& what, const std::string& hint) {
    faults_.push_back({id, problem_.file.string(), pointer, what, hint});
  }

  const problem::Testbench* testbench(const std::string& name) const {
    const auto found = std::find_if(problem_.testbenches.begin(), problem_.testbenches.end(),
                                    [&](const problem::Testbench& candidate) { return candidate.name == name; });
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
    if (!transistors_) {
      transistors_.emplace();
      for (const MosInstance& instance : transistors(problem_)) transistors_->push_back(instance.name);
    }
    const std::vector<std::string>& names = *transistors_;
    if (std::find(names.begin(), names.end(), device) == names.end()) {
      // A margin needs no definition: it is named where it is bounded or minimised.
      const std::string pointer = problem_.spec(id) != nullptr      ? "/specs/" + id
                                  : problem_.objective.metric == id ? "/objective/minimize"
                                                                    : "/metrics/" + id;
      json_fault("SPI-031", pointer, "the cell has no transistor '" + device + "'",
                 did_you_mean(device, names, "known: " + join(names)));
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
      json_fault("SPI-032", pointer + "/meas",
                 "the testbench '" + bench->name + "' has no .meas line '" + metric.measure + "'",
                 did_you_mean(metric.measure, known, "add one to " + bench->netlist.filename().string()));
      return;
    }
    const bool runs = std::any_of(
        bench->analyses.begin(), bench->analyses.end(),
        [&](const problem::Analysis& analysis) { return analysis_kind(analysis.command) == found->second; });
    if (!runs)
      json_fault("SPI-033", pointer + "/meas",
                 "the testbench '" + bench->name + "' runs no " + found->second + " analysis", "add one");
  }

  void check_measure(const problem::MetricDefinition& metric, const std::string& pointer) {
    const Measure* measure = measure_of(metric.measure);
    if (measure == nullptr) {
      std::vector<std::string> known;
      for (const MeasureInfo& info : builtin_measures()) known.push_back(info.name);
      json_fault("SPI-034", pointer, "there is no built-in measure '" + metric.measure + "'",
                 did_you_mean(metric.measure, known, "known: " + join(known) + "; or give \"meas\" or \"expression\""));
      return;
    }
    check_option_names(metric, *measure, pointer);
    const problem::Testbench* bench = testbench(metric.testbench);
    if (bench == nullptr) return;
    for (const MeasureAnalysis& needed : measure->info.analyses) {
      const std::string name = option_text(measure->info, metric.options, needed.option);
      const auto found = std::find_if(bench->analyses.begin(), bench->analyses.end(),
                                      [&](const problem::Analysis& analysis) { return analysis.name == name; });
      if (found == bench->analyses.end()) {
        json_fault("SPI-035", pointer,
                   "'" + metric.measure + "' needs the " + needed.kind + " analysis '" + name +
                       "', which the testbench '" + bench->name + "' does not have",
                   "add it, or name another by \"" + needed.option + "\"");
      } else if (analysis_kind(found->command) != needed.kind) {
        json_fault("SPI-036", pointer,
                   "'" + metric.measure + "' needs a" + (needed.kind == "ac" ? "n " : " ") + needed.kind +
                       " analysis; '" + name + "' is " + analysis_kind(found->command),
                   "correct the command, or name another analysis by \"" + needed.option + "\"");
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
      json_fault("SPI-037", pointer + "/" + name, "'" + metric.measure + "' has no option '" + name + "'",
                 did_you_mean(name, known, known.empty() ? "it has none" : "known: " + join(known)));
    }
  }

  /// The option where it is given, else the metric.
  static std::string option_pointer(const problem::MetricDefinition& metric, const std::string& pointer,
                                    const std::string& option) {
    return metric.options.count(option) > 0 ? pointer + "/" + option : pointer;
  }

  /// Nodes and sources must exist; numbers must be numbers.
  void check_option_values(const problem::MetricDefinition& metric, const Measure& measure,
                           const problem::Testbench& bench, const std::string& pointer) {
    const NetlistNames names = netlist_names(bench.lines);
    for (const MeasureOption& option : measure.info.options) {
      const std::string text = option_text(measure.info, metric.options, option.name);
      const bool is_node = std::find(measure.node_options.begin(), measure.node_options.end(), option.name) !=
                           measure.node_options.end();
      if (is_node) {
        if (names.nodes.count(lower_case(text)) == 0) {
          json_fault("SPI-038", option_pointer(metric, pointer, option.name),
                     "the testbench '" + bench.name + "' has no node '" + text + "', the " + option.meaning,
                     did_you_mean(lower_case(text), list(names.nodes), "set \"" + option.name + "\""));
        }
      } else if (option.name == "source") {
        if (names.sources.count(lower_case(text)) == 0) {
          json_fault("SPI-038", option_pointer(metric, pointer, option.name),
                     "the testbench '" + bench.name + "' has no source '" + text + "', the " + option.meaning,
                     did_you_mean(lower_case(text), list(names.sources), "set \"" + option.name + "\""));
        }
      } else {
        check_number(text, option, pointer);
      }
    }
    if (measure.needs_supply && values_.count("vdd") == 0) {
      json_fault("SPI-039", pointer, "'" + metric.measure + "' needs the parameter 'vdd', the supply voltage",
                 "add it to /parameters and use {vdd} in the testbench");
    }
  }

  void check_number(const std::string& text, const MeasureOption& option, const std::string& pointer) {
    try {
      if (core::parse_number(problem::substitute_expressions(lower_case(text), values_))) return;
      json_fault("SPI-040", pointer + "/" + option.name, "'" + text + "' is not a number",
                 "give the " + option.meaning);
    } catch (const problem::ExpressionError& error) {
      json_fault("SPI-040", pointer + "/" + option.name, error.what(), "give the " + option.meaning);
    }
  }

  const problem::Problem& problem_;
  const std::map<std::string, double>& values_;
  std::optional<std::vector<std::string>> transistors_;  ///< Names, once a metric asked for one.
  std::vector<core::Fault> faults_;
};

}  // namespace

std::vector<core::Fault> check_metrics(const problem::Problem& problem, const std::map<std::string, double>& values) {
  return MetricCheck(problem, values).run();
}

}  // namespace exturbo::spice
