// Testbenches, metrics, specs and objective of a problem JSON.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <set>
#include <string_view>

#include "exturbo/core/text.hpp"
#include "exturbo/problem/expression.hpp"
#include "load_parts.hpp"

namespace exturbo::problem {
namespace {

constexpr std::size_t kMaxCommand = 500;

/// `margin.M1` and `region.M1` are metrics of every problem: they need no definition.
bool is_device_metric(const std::string& id) { return id.starts_with("margin.") && id.size() > 7; }

std::vector<std::string> metric_ids(const Problem& problem) {
  std::vector<std::string> ids;
  for (const MetricDefinition& metric : problem.metrics) ids.push_back(metric.id);
  return ids;
}

void check_metric_known(const std::string& id, const JsonPlace& place, Problem& problem) {
  if (problem.metric(id) != nullptr) return;
  if (is_device_metric(id) && !problem.evaluator) {
    MetricDefinition margin;
    margin.id = id;
    margin.kind = MetricKind::kMargin;
    margin.device = id.substr(7);
    margin.unit = "V";
    problem.metrics.push_back(margin);
    return;
  }
  const std::string closest = core::closest_name(id, metric_ids(problem));
  place.fault("PRB-050", "unknown metric \"" + id + "\"",
              closest.empty() ? "define it under /metrics" : "did you mean \"" + closest + "\"?");
}

/// Index of the first character that no analysis needs, or npos: ngspice reads the text as a command. What stands in
/// braces becomes a number before that.
std::size_t command_fault(const std::string& command) {
  int depth = 0;
  for (std::size_t i = 0; i < command.size(); ++i) {
    const char c = command[i];
    depth += c == '{' ? 1 : c == '}' ? -1 : 0;
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 && static_cast<unsigned char>(c) < 0x80;
    const bool inside = depth > 0 && c >= ' ' && std::string_view(";`$\\").find(c) == std::string_view::npos;
    if (!plain && !inside && std::string_view(" _.,()+-#:{}").find(c) == std::string_view::npos) return i;
  }
  return std::string::npos;
}

void check_command(const std::string& command, const JsonPlace& at, const Problem& problem) {
  if (command.size() > kMaxCommand) {
    at.fault("PRB-041", "is longer than 500 characters", "write one plain ngspice analysis");
    return;
  }
  const std::string lower = core::lower_case(command);
  const std::string kind = lower.substr(0, lower.find(' '));
  if (kind != "ac" && kind != "dc" && kind != "tran" && kind != "noise") {
    at.fault("PRB-040", "\"" + kind + "\" is no analysis",
             "start with ac, dc, tran or noise; an operating point is always solved first");
  }
  if (const std::size_t bad = command_fault(command); bad != std::string::npos) {
    at.fault("PRB-041", std::string("has the character '") + command[bad] + "', which no analysis needs",
             "write one plain ngspice analysis");
  }
  try {
    std::map<std::string, double> values;
    for (const auto& [parameter, value] : problem.parameters) values[core::lower_case(parameter)] = value;
    substitute_expressions(lower, values);
  } catch (const ExpressionError& error) {
    at.fault("PRB-042", error.what(), "use names of /parameters, in braces");
  }
}

Analysis read_analysis(const std::string& name, const JsonPlace& place, const Problem& problem) {
  Analysis analysis;
  analysis.name = name;
  check_name(name, place, "analysis");
  if (!place.is_object("an analysis")) return analysis;
  place.allow_keys({"command", "ac"});
  if (const auto command = place.required_text("command")) {
    analysis.command = core::lower_case(*command);
    check_command(*command, place.at("command"), problem);
  }
  if (place.has("ac") && place.at("ac").is_object("ac")) {
    for (const auto& [source, magnitude] : place.at("ac").members()) {
      check_name(source, magnitude, "source");
      if (const auto value = magnitude.number()) analysis.ac[core::lower_case(source)] = *value;
    }
  }
  return analysis;
}

/// Text of an option: a string as it is, a number in full.
std::string option_text(const JsonPlace& place) {
  if (place.value().is_string()) return place.value().get<std::string>();
  if (place.value().is_number()) return place.value().dump();
  place.fault("JSN-012", "must be a number or a string", "write a number, or an expression of parameters in braces");
  return "";
}

void read_expression(MetricDefinition& metric, const JsonPlace& place) {
  place.allow_keys({"expression", "unit"});
  metric.kind = MetricKind::kExpression;
  metric.expression = place.required_text("expression").value_or("0");
  try {
    expression_names(metric.expression);
  } catch (const ExpressionError& error) {
    place.at("expression").fault("PRB-051", error.what(), "use + - * / ^, functions such as log10, and ids of metrics");
  }
}

MetricDefinition read_metric(const std::string& id, const JsonPlace& place, const Problem& problem) {
  MetricDefinition metric;
  metric.id = id;
  check_name(id, place, "metric");
  if (!place.is_object("a metric")) return metric;
  metric.unit = place.text("unit").value_or("");
  if (place.has("expression")) {
    read_expression(metric, place);
    return metric;
  }
  if (problem.evaluator) return read_returned_metric(id, place);
  if (const auto bench = place.required_text("testbench")) {
    metric.testbench = *bench;
    std::vector<std::string> names;
    for (const Testbench& testbench : problem.testbenches) names.push_back(testbench.name);
    if (!names.empty() && std::find(names.begin(), names.end(), *bench) == names.end()) {
      const std::string closest = core::closest_name(*bench, names);
      place.at("testbench")
          .fault("PRB-052", "unknown testbench \"" + *bench + "\"",
                 closest.empty() ? "define it under /testbenches" : "did you mean \"" + closest + "\"?");
    }
  }
  if (place.has("meas")) {
    place.allow_keys({"testbench", "meas", "unit"});
    metric.kind = MetricKind::kMeas;
    metric.measure = core::lower_case(place.at("meas").text().value_or(""));
    check_name(metric.measure, place.at("meas"), ".meas result");
    return metric;
  }
  metric.measure = place.text("measure").value_or(id);
  for (const auto& [key, value] : place.members()) {
    if (key != "testbench" && key != "measure" && key != "unit") metric.options[key] = option_text(value);
  }
  return metric;
}

void read_monte_carlo_bounds(const JsonPlace& place, Spec& spec) {
  if (place.has("nominal_only")) spec.nominal_only = place.at("nominal_only").boolean().value_or(false);
  if (!place.has("monte_carlo") || !place.at("monte_carlo").is_object("monte_carlo")) return;
  const JsonPlace bounds = place.at("monte_carlo");
  bounds.allow_keys({"min", "max"});
  spec.monte_carlo_min = bounds.number("min");
  spec.monte_carlo_max = bounds.number("max");
  if (!bounds.has("min") && !bounds.has("max"))
    bounds.fault("PRB-060", "bounds without min or max", "give a bound, or \"nominal_only\": true in its place");
  if (spec.monte_carlo_min && spec.monte_carlo_max && *spec.monte_carlo_min > *spec.monte_carlo_max)
    bounds.fault("PRB-061", "min is above max: no value can meet it", "swap or correct them");
  if (spec.nominal_only)
    place.at("nominal_only").fault("PRB-063", "a spec with bounds in Monte Carlo is not nominal only", "remove one");
}

/// Faults for expressions that use unknown metrics or, directly or not, themselves.
void check_expressions(const JsonPlace& metrics, Problem& problem) {
  std::map<std::string, std::set<std::string>> uses;
  for (std::size_t i = 0; i < problem.metrics.size(); ++i) {
    const MetricDefinition metric = problem.metrics[i];
    if (metric.kind != MetricKind::kExpression) continue;
    try {
      uses[metric.id] = expression_names(metric.expression);
    } catch (const ExpressionError&) {
      continue;  // Told when it was read.
    }
    for (const std::string& name : uses[metric.id])
      check_metric_known(name, metrics.at(metric.id).at("expression"), problem);
  }
  for (const auto& [id, direct] : uses) {
    std::set<std::string> reached = direct;
    for (std::size_t before = 0; before != reached.size();) {
      before = reached.size();
      for (const std::string& name : std::set<std::string>(reached)) {
        if (const auto more = uses.find(name); more != uses.end())
          reached.insert(more->second.begin(), more->second.end());
      }
    }
    if (reached.contains(id))
      metrics.at(id).at("expression").fault("PRB-053", "\"" + id + "\" is defined by itself", "break the circle");
  }
}

}  // namespace

void read_testbenches(const JsonPlace& root, Problem& problem) {
  if (!root.has("testbenches")) {
    root.fault("JSN-005", "key \"testbenches\" is missing", "add it");
    return;
  }
  const JsonPlace testbenches = root.at("testbenches");
  if (!testbenches.is_object("testbenches")) return;
  for (const auto& [name, place] : testbenches.members()) {
    Testbench bench;
    bench.name = name;
    check_name(name, place, "testbench");
    if (!place.is_object("a testbench")) continue;
    place.allow_keys({"netlist", "analyses"});
    bench.netlist = place.required_text("netlist").value_or("");
    if (place.has("analyses") && place.at("analyses").is_object("analyses")) {
      for (const auto& [analysis, at] : place.at("analyses").members())
        bench.analyses.push_back(read_analysis(analysis, at, problem));
    }
    problem.testbenches.push_back(std::move(bench));
  }
  if (problem.testbenches.empty())
    testbenches.fault("PRB-043", "no testbench", "add one: without it nothing can be measured");
}

void read_metrics(const JsonPlace& root, Problem& problem) {
  if (!root.has("metrics")) {
    root.fault("JSN-005", "key \"metrics\" is missing", "add it");
    return;
  }
  const JsonPlace metrics = root.at("metrics");
  if (problem.evaluator && metrics.value().is_array()) return read_metric_list(metrics, problem);
  if (!metrics.is_object("metrics")) return;
  for (const auto& [id, place] : metrics.members()) problem.metrics.push_back(read_metric(id, place, problem));
  check_expressions(metrics, problem);
}

void read_specs(const JsonPlace& root, Problem& problem) {
  if (!root.has("specs") || !root.at("specs").is_object("specs")) return;
  for (const auto& [id, place] : root.at("specs").members()) {
    check_metric_known(id, place, problem);
    if (!place.is_object("a spec")) continue;
    place.allow_keys({"min", "max", "scale", "monte_carlo", "nominal_only", "note"});
    place.text("note");
    Spec spec;
    spec.metric = id;
    spec.min = place.number("min");
    spec.max = place.number("max");
    spec.scale = place.number("scale").value_or(1);
    if (!place.has("min") && !place.has("max")) place.fault("PRB-060", "a spec without min or max", "give a bound");
    if (spec.min && spec.max && *spec.min > *spec.max)
      place.fault("PRB-061", "min is above max: no value can meet it", "swap or correct them");
    if (!(spec.scale > 0))
      place.at("scale").fault("PRB-062", "scale must be positive",
                              "it is the smallest denominator of the violation, in the metric's unit");
    read_monte_carlo_bounds(place, spec);
    problem.specs.push_back(spec);
  }
}

void read_objective(const JsonPlace& root, Problem& problem) {
  if (!root.has("objective")) {
    root.fault("JSN-005", "key \"objective\" is missing", "add {\"minimize\": a metric}");
    return;
  }
  const JsonPlace place = root.at("objective");
  if (!place.is_object("objective")) return;
  place.allow_keys({"minimize", "reference"});
  const auto metric = place.required_text("minimize");
  if (!metric) return;
  problem.objective.metric = *metric;
  check_metric_known(*metric, place.at("minimize"), problem);
  const Spec* spec = problem.spec(*metric);
  if (place.has("reference")) {
    problem.objective.reference = place.number("reference").value_or(1);
  } else if (spec != nullptr && spec->max) {
    problem.objective.reference = *spec->max;
  } else if (problem.metric(*metric) != nullptr) {
    place.fault("PRB-070", "no reference value for the objective",
                "give \"reference\", or a spec with max on \"" + *metric + "\"");
  }
  if (!(problem.objective.reference > 0)) {
    (place.has("reference") ? place.at("reference") : place)
        .fault("PRB-071", "the reference value must be positive",
               "give \"reference\": a typical good value of the metric");
  }
}

}  // namespace exturbo::problem
