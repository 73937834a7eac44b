// Tables of a comparison: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "tables_comparison.hpp"

#include <algorithm>
#include <cmath>

#include "metric_text.hpp"
#include "tables.hpp"
#include "variable_text.hpp"

namespace exturbo::report {
namespace {

constexpr std::size_t kNamesShown = 400;

const SpecStanding* find_spec(const Summary& summary, const std::string& metric) {
  const auto found = std::find_if(summary.specs.begin(), summary.specs.end(),
                                  [&](const SpecStanding& spec) { return spec.metric == metric; });
  return found == summary.specs.end() ? nullptr : &*found;
}

std::optional<double> value_of(const Summary& summary, const std::string& metric) {
  if (!summary.best) return std::nullopt;
  const auto found = summary.best->metrics.find(metric);
  return found == summary.best->metrics.end() ? std::nullopt : std::optional(found->second);
}

bool same_bounds(const SpecStanding* a, const SpecStanding* b) {
  return a != nullptr && b != nullptr && a->min == b->min && a->max == b->max;
}

Cell value_cell(const std::optional<double>& value, const std::string& unit, const SpecStanding* spec) {
  if (!value) return {spec == nullptr ? "" : "not measured", false, Tone::kMuted};
  const bool missed = spec != nullptr && !spec->met;
  return {(missed ? "✗ " : "") + quantity(*value, unit), false, missed ? Tone::kBad : Tone::kPlain};
}

std::string change_text(const std::optional<double>& a, const std::optional<double>& b, const std::string& unit) {
  if (!a || !b) return "";
  if (unit == "dB" || unit == "deg" || *a == 0) return signed_quantity(*b - *a, unit);
  return signed_percent((*b - *a) / std::abs(*a));
}

std::string verdict_text(const Summary& summary) {
  return summary.verdict == Verdict::kFeasible     ? "✓ all specs met"
         : summary.verdict == Verdict::kInfeasible ? "✗ not all specs met"
                                                   : "… unfinished";
}

std::string objective_text(const Summary& summary) {
  const auto value = summary.objective();
  const std::string& metric = summary.problem.objective.metric;
  return metric + (value ? " " + quantity(*value, metric_unit(summary.problem, metric)) : " not measured");
}

std::string shown(const std::vector<std::string>& names) { return shorten(joined(names), kNamesShown); }

std::vector<std::string> specs_of(const Summary& summary) {
  std::vector<std::string> names;
  for (const SpecStanding& spec : summary.specs) names.push_back(spec.metric);
  return names;
}

std::vector<std::string> variables_of(const Summary& summary) {
  std::vector<std::string> names;
  for (const problem::Variable& variable : summary.problem.variables) names.push_back(variable.name);
  return names;
}

std::vector<std::string> corners_of(const Summary& summary) {
  std::vector<std::string> names;
  for (const problem::Corner& corner : summary.problem.corners) names.push_back(corner.name);
  return names;
}

/// Those of `a`, then those only `b` has.
std::vector<std::string> united(std::vector<std::string> a, const std::vector<std::string>& b) {
  for (const std::string& name : b) {
    if (std::find(a.begin(), a.end(), name) == a.end()) a.push_back(name);
  }
  return a;
}

/// Names of one list that the other lacks.
std::vector<std::string> missing(std::vector<std::string> names, const std::vector<std::string>& others) {
  std::erase_if(names,
                [&](const std::string& name) { return std::find(others.begin(), others.end(), name) != others.end(); });
  return names;
}

void add_missing(const std::string& what, const std::vector<std::string>& a, const std::vector<std::string>& b,
                 std::vector<std::string>& differences) {
  if (const auto names = missing(a, b); !names.empty())
    differences.push_back("Only A has " + what + " " + shown(names) + ".");
  if (const auto names = missing(b, a); !names.empty())
    differences.push_back("Only B has " + what + " " + shown(names) + ".");
}

bool same_range(const problem::Variable& a, const problem::Variable& b) {
  return a.min == b.min && a.max == b.max && a.scale == b.scale && a.grid == b.grid && a.integer == b.integer &&
         a.tie == b.tie && a.ratio == b.ratio;
}

/// Names of the rows, each the first cell.
std::string setting(const Table& table, const std::string& name) {
  for (const auto& row : table.rows) {
    if (row[0].text == name) return row[1].text;
  }
  return "";
}

/// Input files whose contents differ, or that only one has.
std::vector<std::string> different_files(const RunPair& pair) {
  const Table a = inputs_table(pair.a), b = inputs_table(pair.b);
  std::vector<std::string> names;
  for (const Table* table : {&a, &b}) {
    for (const auto& row : table->rows) {
      const std::string& name = row[0].text;
      if (setting(a, name) != setting(b, name) && std::find(names.begin(), names.end(), name) == names.end())
        names.push_back(name);
    }
  }
  return names;
}

}  // namespace

Table outcomes_table(const RunPair& pair) {
  Table table{"Each run and its best design.", {{""}, {"A"}, {"B"}}, {}, true};
  const auto add = [&](const std::string& name, const auto& text) {
    table.rows.push_back({{name}, {text(pair.a)}, {text(pair.b)}});
  };
  table.rows.push_back({{"folder"}, {shorten(pair.a_folder, 200), true}, {shorten(pair.b_folder, 200), true}});
  add("problem", [](const Summary& s) { return s.name(); });
  add("verdict", verdict_text);
  add("specs met",
      [](const Summary& s) { return std::to_string(s.specs_met()) + " of " + std::to_string(s.specs.size()); });
  add("objective", objective_text);
  add("J", [](const Summary& s) { return s.best ? general(s.best->cost, 4) : ""; });
  add("evaluations", [](const Summary& s) { return std::to_string(s.evaluations.size()); });
  add("first feasible",
      [](const Summary& s) { return s.first_feasible ? std::to_string(*s.first_feasible) : std::string("none"); });
  add("best found at", [](const Summary& s) { return s.best ? std::to_string(s.best->index) : ""; });
  add("failed", [](const Summary& s) { return std::to_string(s.failed); });
  add("time", [](const Summary& s) {
    return s.seconds.contains("total") ? general(s.seconds.at("total"), 3) + " s" : std::string();
  });
  return table;
}

Table compared_specs_table(const RunPair& pair) {
  Table table{
      "Each spec of either run and its metric in both best designs. Change is from A to B, relative but for dB and "
      "degrees.",
      {{"Metric"}, {"Spec A", true}, {"Spec B", true}, {"A", true}, {"B", true}, {"Change", true}},
      {}};
  for (const std::string& metric : united(specs_of(pair.a), specs_of(pair.b))) {
    const SpecStanding *a = find_spec(pair.a, metric), *b = find_spec(pair.b, metric);
    const std::string unit = (a == nullptr ? b : a)->unit;
    const auto in_a = value_of(pair.a, metric), in_b = value_of(pair.b, metric);
    const bool same = same_bounds(a, b);
    table.rows.push_back({{metric, true},
                          {a == nullptr ? "none" : bound_text(*a), false, a == nullptr ? Tone::kMuted : Tone::kPlain},
                          {b == nullptr ? "none"
                           : same       ? "same"
                                        : bound_text(*b),
                           false, b == nullptr || same ? Tone::kMuted : Tone::kPlain},
                          value_cell(in_a, unit, a),
                          value_cell(in_b, unit, b),
                          {change_text(in_a, in_b, unit)}});
  }
  return table;
}

Table compared_sizes_table(const RunPair& pair) {
  Table table{"Sizes of both best designs, and B as a multiple of A.",
              {{"Variable"}, {"A", true}, {"B", true}, {"B / A", true}},
              {},
              true};
  auto uses_a = uses_of_variables(pair.a.problem), uses_b = uses_of_variables(pair.b.problem);
  const auto size = [](const Summary& summary, const std::string& name) {
    if (!summary.best) return std::optional<double>();
    const auto found = summary.best->variables.find(name);
    return found == summary.best->variables.end() ? std::nullopt : std::optional(found->second);
  };
  for (const std::string& name : united(variables_of(pair.a), variables_of(pair.b))) {
    const auto a = size(pair.a, name), b = size(pair.b, name);
    if (!a && !b) continue;
    const auto cell = [](const std::optional<double>& value, const std::string& unit) {
      return value ? Cell{size_text(*value, unit)} : Cell{"none", false, Tone::kMuted};
    };
    table.rows.push_back({{name, true},
                          cell(a, uses_a[name].unit),
                          cell(b, uses_b[name].unit),
                          {a && b && *a != 0 ? general(*b / *a, 3) : ""}});
  }
  return table;
}

Table settings_table(const RunPair& pair) {
  Table table{"Settings that differ.", {{"Setting"}, {"A"}, {"B"}}, {}, true};
  const Table a = provenance_table(pair.a), b = provenance_table(pair.b);
  std::vector<std::string> names;
  for (const Table* settings : {&a, &b}) {
    for (const auto& row : settings->rows) names = united(std::move(names), {row[0].text});
  }
  for (const std::string& name : names) {
    if (setting(a, name) != setting(b, name))
      table.rows.push_back({{name}, {setting(a, name), true}, {setting(b, name), true}});
  }
  return table;
}

std::vector<std::string> problem_differences(const RunPair& pair) {
  const std::vector<std::string> files = different_files(pair);
  if (files.empty()) return {};
  std::vector<std::string> differences;
  const problem::Problem &a = pair.a.problem, &b = pair.b.problem;
  if (pair.a.name() != pair.b.name()) differences.push_back("A is " + pair.a.name() + ", B is " + pair.b.name() + ".");
  if (a.objective.metric != b.objective.metric) {
    differences.push_back("A minimises " + a.objective.metric + ", B minimises " + b.objective.metric +
                          ": their objectives and J are not comparable.");
  } else if (a.objective.reference != b.objective.reference) {
    differences.emplace_back("The references of the objective differ, and with them J.");
  }
  add_missing("specs of", specs_of(pair.a), specs_of(pair.b), differences);
  std::vector<std::string> bounds, ranges;
  for (const SpecStanding& spec : pair.a.specs) {
    const SpecStanding* other = find_spec(pair.b, spec.metric);
    if (other != nullptr && !same_bounds(&spec, other)) bounds.push_back(spec.metric);
  }
  if (!bounds.empty()) differences.push_back("Bounds differ: " + shown(bounds) + ".");
  add_missing("the variables", variables_of(pair.a), variables_of(pair.b), differences);
  for (const problem::Variable& variable : a.variables) {
    const problem::Variable* other = find_variable(b, variable.name);
    if (other != nullptr && !same_range(variable, *other)) ranges.push_back(variable.name);
  }
  if (!ranges.empty()) differences.push_back("Ranges, grids or ties differ: " + shown(ranges) + ".");
  add_missing("the corners", corners_of(pair.a), corners_of(pair.b), differences);
  differences.push_back("Input files that differ: " + shown(files) + ".");
  return differences;
}

}  // namespace exturbo::report
