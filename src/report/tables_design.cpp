// The design: its sizes, its transistors' operating points, its metrics.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cmath>
#include <set>

#include "exturbo/core/number.hpp"
#include "graphics.hpp"
#include "metric_text.hpp"
#include "problem/variable_uses.hpp"
#include "tables.hpp"

namespace exturbo::report {
namespace {

/// A size with its unit; without one, as a plain number where that is readable, else with a SPICE suffix.
std::string size_text(double value, const std::string& unit) {
  if (!unit.empty()) return core::format_quantity(value, unit, 6);
  const double magnitude = std::abs(value);
  return magnitude == 0 || (magnitude >= 1e-3 && magnitude < 1e5) ? general(value, 6) : core::format_number(value);
}

/// Where in its range a value lies, 0 to 1, on the variable's own scale; the last grid point counts as the end.
double position(const problem::Variable& variable, double value) {
  const double edge = std::max(0.999 * variable.grid, 1e-9 * (variable.max - variable.min));
  if (value - variable.min < edge && value - variable.min <= variable.max - value) return 0;
  if (variable.max - value < edge) return 1;
  if (variable.scale == problem::Scale::kLog)
    return std::log(value / variable.min) / std::log(variable.max / variable.min);
  return (value - variable.min) / (variable.max - variable.min);
}

std::string tie_text(const problem::Variable& variable) {
  return variable.ratio == 1 ? "= " + variable.tie : "= " + general(variable.ratio, 4) + " × " + variable.tie;
}

std::vector<Cell> free_row(const problem::Variable& variable, double value, const std::string& unit,
                           const std::string& use) {
  const double at = position(variable, value);
  const std::string percent = general(std::round(100 * at), 3) + " %";
  const std::string bound = at <= 0 ? "at its lower bound" : at >= 1 ? "at its upper bound" : "";
  std::string grid = variable.grid > 0 ? size_text(variable.grid, unit) : "none";
  if (variable.integer) grid = "integer";
  return {{variable.name, true},
          {size_text(value, unit)},
          {use},
          {size_text(variable.min, unit) + " to " + size_text(variable.max, unit) +
           (variable.scale == problem::Scale::kLog ? ", log" : "")},
          {grid},
          {percent + (bound.empty() ? "" : ", " + bound), false, bound.empty() ? Tone::kPlain : Tone::kBad,
           range_bar(at, percent + " of the range") +
               (bound.empty() ? "" : "<span class=\"flag\">⚠ " + bound + "</span>")}};
}

std::string size_in_micrometres(const problem::DeviceSize& size) {
  if (!size.width || !size.length) return "";
  return general(*size.width * 1e6, 4) + " / " + general(*size.length * 1e6, 4);
}

const char* region_mark(const std::string& region) {
  return region == "saturation" ? "● "
         : region == "weak"     ? "◐ "
         : region == "triode"   ? "▲ "
         : region == "off"      ? "○ "
                                : "";
}

}  // namespace

Table sizes_table(const Summary& summary) {
  Table table{"Every variable of the design, on its grid. The dot shows where in its range the value lies.",
              {{"Variable"}, {"Value", true}, {"Where", false, true}, {"Range"}, {"Grid", true}, {"In its range"}},
              {}};
  if (!summary.best) return table;
  std::vector<std::string> names;
  for (const problem::Variable& variable : summary.problem.variables) names.push_back(variable.name);
  auto uses = problem::variable_uses(problem::netlist_elements(summary.problem.netlist_lines), names);
  for (const problem::Variable& variable : summary.problem.variables) {
    const auto value = summary.best->variables.find(variable.name);
    if (value == summary.best->variables.end()) continue;
    const std::string& unit = uses[variable.name].unit;
    const std::string use = shorten(uses[variable.name].text(), 160);
    if (variable.is_free()) {
      table.rows.push_back(free_row(variable, value->second, unit, use));
    } else {
      table.rows.push_back({{variable.name, true},
                            {size_text(value->second, unit)},
                            {use},
                            {tie_text(variable)},
                            {""},
                            {"tied", false, Tone::kMuted}});
    }
  }
  return table;
}

Table devices_table(const Summary& summary, const CornerDesign& corner) {
  std::map<std::string, double> values = summary.problem.parameters;
  for (const auto& [name, value] : summary.best->variables) values[name] = value;
  auto sizes = problem::device_sizes(problem::netlist_elements(summary.problem.netlist_lines), values,
                                     summary.problem.process.devices);
  Table table{(summary.best->corners.size() > 1 ? "Corner " + corner.name + ": operating" : "Operating") +
                  std::string(" point of each transistor; all fingers together, voltages in the device's own polarity. "
                              "Margin is Vds - Vdsat."),
              {{"Device"},
               {"Region"},
               {"W / L (µm)", true},
               {"ID", true},
               {"gm", true},
               {"gds", true},
               {"gm/ID", true},
               {"Vgs", true},
               {"Vds", true},
               {"Vdsat", true},
               {"Margin", true}},
              {}};
  for (const DevicePoint& device : corner.devices) {
    const auto cell = [&](double value, const char* unit) {
      return Cell{std::isnan(value) ? "" : core::format_quantity(value, unit, 3)};
    };
    const bool flagged = device.flagged();
    const double efficiency = device.gm / std::abs(device.id);
    table.rows.push_back({{device.name, true},
                          {region_mark(device.region) + device.region, false, flagged ? Tone::kBad : Tone::kPlain},
                          {size_in_micrometres(sizes[problem::upper(device.name)])},
                          cell(device.id, "A"),
                          cell(device.gm, "S"),
                          cell(device.gds, "S"),
                          {std::isfinite(efficiency) ? general(efficiency, 3) + " /V" : ""},
                          cell(device.vgs, "V"),
                          cell(device.vds, "V"),
                          cell(device.vdsat, "V"),
                          {std::isnan(device.margin) ? "" : (flagged ? "⚠ " : "") + signed_quantity(device.margin, "V"),
                           false, flagged ? Tone::kBad : Tone::kPlain}});
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
