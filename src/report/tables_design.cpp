// The design: its sizes and its metrics.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cmath>

#include "exturbo/core/number.hpp"
#include "graphics.hpp"
#include "metric_text.hpp"
#include "tables.hpp"
#include "variable_text.hpp"

namespace exturbo::report {
namespace {

/// Where in its range a value lies; the last grid point counts as the end.
double position(const problem::Variable& variable, double value) {
  const double edge = std::max(0.999 * variable.grid, 1e-9 * (variable.max - variable.min));
  if (value - variable.min < edge && value - variable.min <= variable.max - value) return 0;
  if (variable.max - value < edge) return 1;
  return range_position(variable, value);
}

std::string tie_text(const problem::Variable& variable) {
  return variable.ratio == 1 ? "= " + variable.tie : "= " + general(variable.ratio, 4) + " × " + variable.tie;
}

std::string start_text(const run::Evaluation& start) {
  return start.origin == "seed" ? "its first seed" : "the first design of the run";
}

std::vector<Cell> free_row(const problem::Variable& variable, double value, const std::string& unit,
                           const std::string& use, const std::string& start) {
  const double at = position(variable, value);
  const std::string percent = general(std::round(100 * at), 3) + " %";
  const std::string bound = at <= 0 ? "at its lower bound" : at >= 1 ? "at its upper bound" : "";
  std::string grid = variable.grid > 0 ? size_text(variable.grid, unit) : "none";
  if (variable.integer) grid = "integer";
  return {{variable.name, true},
          {start, false, Tone::kMuted},
          {size_text(value, unit)},
          {use},
          {size_text(variable.min, unit) + " to " + size_text(variable.max, unit) +
           (variable.scale == problem::Scale::kLog ? ", log" : "")},
          {grid},
          {percent + (bound.empty() ? "" : ", " + bound), false, bound.empty() ? Tone::kPlain : Tone::kBad,
           range_bar(at, percent + " of the range") +
               (bound.empty() ? "" : "<span class=\"flag\">⚠ " + bound + "</span>")}};
}

}  // namespace

Table sizes_table(const Summary& summary) {
  const run::Evaluation* start = summary.start();
  Table table{"Every variable of the design, on its grid. The dot shows where in its range the value lies." +
                  (start == nullptr ? "" : " It started from " + start_text(*start) + "."),
              {{"Variable"},
               {"Start", true},
               {"Value", true},
               {"Where", false, true},
               {"Range"},
               {"Grid", true},
               {"In its range"}},
              {}};
  if (!summary.best) return table;
  auto uses = uses_of_variables(summary.problem);
  for (const problem::Variable& variable : summary.problem.variables) {
    const auto value = summary.best->variables.find(variable.name);
    if (value == summary.best->variables.end()) continue;
    const std::string& unit = uses[variable.name].unit;
    const std::string use = shorten(uses[variable.name].text(), 160);
    const std::string before = start != nullptr && start->variables.contains(variable.name)
                                   ? size_text(start->variables.at(variable.name), unit)
                                   : "";
    if (variable.is_free()) {
      table.rows.push_back(free_row(variable, value->second, unit, use, before));
    } else {
      table.rows.push_back({{variable.name, true},
                            {before, false, Tone::kMuted},
                            {size_text(value->second, unit)},
                            {use},
                            {tie_text(variable)},
                            {""},
                            {"tied", false, Tone::kMuted}});
    }
  }
  return table;
}

Table other_metrics_table(const Summary& summary) {
  Table table{"Measured, but not bounded by a spec.", {{"Metric"}, {"Value", true}, {"Definition", false, true}}, {}};
  if (!summary.best) return table;
  const auto add = [&](const std::string& id) {
    if (summary.problem.spec(id) != nullptr) return;
    const auto value = summary.best->metrics.find(id);
    const auto why = summary.best->unmeasured.find(id);
    if (value == summary.best->metrics.end() && why == summary.best->unmeasured.end()) return;
    Cell cell{"not measured", false, Tone::kMuted, "",
              why == summary.best->unmeasured.end() ? "" : shorten(why->second, 200)};
    if (value != summary.best->metrics.end()) cell = {quantity(value->second, metric_unit(summary.problem, id))};
    table.rows.push_back({{id, true}, cell, {shorten(metric_definition(summary.problem, id), 400)}});
  };
  for (const problem::MetricDefinition& metric : summary.problem.metrics) add(metric.id);
  return table;
}

Table definitions_table(const Summary& summary) {
  Table table{"How each metric with a spec is measured.", {{"Metric"}, {"Testbench"}, {"Definition", false, true}}, {}};
  for (const SpecStanding& spec : summary.specs) {
    const problem::MetricDefinition* metric = summary.problem.metric(spec.metric);
    table.rows.push_back({{spec.metric, true},
                          {metric == nullptr ? "" : metric->testbench, true},
                          {shorten(metric_definition(summary.problem, spec.metric), 400)}});
  }
  return table;
}

Table corners_table(const Summary& summary) {
  Table table{"Each spec's metric by corner.", {{"Metric"}}, {}};
  if (!summary.best || summary.best->corners.size() < 2) return table;
  for (const CornerDesign& corner : summary.best->corners) table.columns.push_back({corner.name, true});
  for (const SpecStanding& spec : summary.specs) {
    std::vector<Cell> row{{spec.metric, true}};
    for (const CornerDesign& corner : summary.best->corners) {
      const auto value = corner.metrics.find(spec.metric);
      if (value == corner.metrics.end()) {
        row.push_back({"✗ not measured", false, Tone::kBad});
        continue;
      }
      const bool met = (!spec.min || value->second >= *spec.min) && (!spec.max || value->second <= *spec.max);
      row.push_back({(met ? "" : "✗ ") + quantity(value->second, spec.unit), false, met ? Tone::kPlain : Tone::kBad});
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace exturbo::report
