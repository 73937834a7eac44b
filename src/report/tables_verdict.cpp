// The verdict: one sentence, the key figures, the specs one by one.
// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>

#include "graphics.hpp"
#include "metric_text.hpp"
#include "tables.hpp"

namespace exturbo::report {
namespace {

constexpr double kAtBound = 0.005;  // A met spec with less to spare than this decides the design.

std::string count_of(std::size_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string missed_names(const Summary& summary) {
  std::string names;
  for (const SpecStanding& spec : summary.specs) {
    if (!spec.met)
      names += (names.empty() ? "" : ", ") + spec.metric + " (" +
               (spec.margin ? signed_percent(*spec.margin) : "not measured") + ")";
  }
  return names;
}

std::string objective_clause(const Summary& summary) {
  const auto value = summary.objective();
  if (!value) return "";
  const problem::Objective& objective = summary.problem.objective;
  const std::string unit = metric_unit(summary.problem, objective.metric);
  return objective.metric + " is " + quantity(*value, unit) + ", " + general(100 * *value / objective.reference, 3) +
         " % of its reference " + quantity(objective.reference, unit);
}

/// The met spec with the least relative margin, in words.
std::string tightest_clause(const Summary& summary) {
  const SpecStanding* tightest = nullptr;
  for (const SpecStanding& spec : summary.specs) {
    if (spec.margin && (tightest == nullptr || *spec.margin < *tightest->margin)) tightest = &spec;
  }
  return tightest == nullptr
             ? ""
             : " The tightest is " + tightest->metric + " with " + signed_percent(*tightest->margin) + ".";
}

/// Distance to the nearer bound in the metric's unit.
double slack(const SpecStanding& spec) {
  const double below = spec.min ? *spec.value - *spec.min : INFINITY;
  const double above = spec.max ? *spec.max - *spec.value : INFINITY;
  return std::min(below, above);
}

}  // namespace

std::string bound_text(const SpecStanding& spec) {
  if (spec.min && spec.max) return quantity(*spec.min, spec.unit) + " to " + quantity(*spec.max, spec.unit);
  return spec.min ? "≥ " + quantity(*spec.min, spec.unit) : "≤ " + quantity(*spec.max, spec.unit);
}

std::string verdict_in_brief(const Summary& summary) {
  const std::string evaluations = count_of(summary.evaluations.size(), "evaluation");
  std::string text;
  if (summary.verdict == Verdict::kUnfinished) {
    const auto budget = summary.manifest.find("budget");
    text =
        "The run is unfinished: " + std::to_string(summary.evaluations.size()) +
        (budget != summary.manifest.end() && budget->is_number_integer() ? " of " + std::to_string(budget->get<int>())
                                                                         : "") +
        " evaluations are in its journal. ";
  }
  if (!summary.best)
    return text + (summary.evaluations.empty() ? "There is no design yet."
                                               : "None of " + evaluations + " came through: there is no design.");
  const std::size_t total = summary.specs.size();
  const std::size_t missed = total - static_cast<std::size_t>(summary.specs_met());
  const std::string place =
      "evaluation " + std::to_string(summary.best->index) + " of " + std::to_string(summary.evaluations.size());
  if (missed == 0) {
    text += "All " + count_of(total, "spec") + (total == 1 ? " is" : " are") + " met by " + place;
    const std::string objective = objective_clause(summary);
    return text + (objective.empty() ? "." : "; " + objective + ".");
  }
  return text + std::to_string(missed) + " of " + count_of(total, "spec") + (missed == 1 ? " is" : " are") +
         " not met by the best design, " + place + ": " + missed_names(summary) + ".";
}

std::string verdict_sentence(const Summary& summary) {
  const bool met = summary.best && summary.specs_met() == static_cast<int>(summary.specs.size());
  return verdict_in_brief(summary) + (met ? tightest_clause(summary) : "");
}

std::vector<KeyFigure> key_figures(const Summary& summary) {
  std::vector<KeyFigure> figures;
  if (const auto value = summary.objective()) {
    const std::string& metric = summary.problem.objective.metric;
    figures.push_back({metric + ", minimised", quantity(*value, metric_unit(summary.problem, metric))});
  }
  figures.push_back({"specs met", std::to_string(summary.specs_met()) + " of " + std::to_string(summary.specs.size())});
  figures.push_back({"evaluations", std::to_string(summary.evaluations.size())});
  figures.push_back({"first feasible", summary.first_feasible ? std::to_string(*summary.first_feasible) : "none"});
  figures.push_back({"failed", std::to_string(summary.failed)});
  if (const auto total = summary.seconds.find("total"); total != summary.seconds.end())
    figures.push_back({"time", general(total->second, 3) + " s"});
  return figures;
}

Table verdict_table(const Summary& summary) {
  const std::string corners = summary.problem.corners.size() > 1 ? ", at its worst corner" : "";
  Table table{"Each spec against the best design" + corners +
                  ". The bar is the margin relative to the bound: to the right of the line met, to the left missed; "
                  "full width is a quarter of the bound.",
              {{"Metric"}, {"Verdict"}, {"Spec", true}, {"Value", true}, {"Margin", true}, {"Relative"}},
              {}};
  for (const SpecStanding& spec : summary.specs) {
    const bool active = spec.met && spec.margin && *spec.margin < kAtBound;
    std::vector<Cell> row{
        {spec.metric, true},
        {spec.met ? "✓ pass" : "✗ fail", false, spec.met ? Tone::kGood : Tone::kBad, "", active ? "at its bound" : ""},
        {bound_text(spec)}};
    if (spec.value && spec.margin) {
      const std::string relative = signed_percent(*spec.margin);
      row.push_back({quantity(*spec.value, spec.unit)});
      row.push_back({signed_quantity(slack(spec), spec.unit)});
      row.push_back({relative, false, Tone::kPlain,
                     margin_bar(*spec.margin, spec.met, "margin " + relative) + "<span class=\"beside\">" +
                         escape_html(relative) + "</span>"});
    } else {
      row.push_back({"not measured", false, Tone::kBad, "", shorten(spec.why_unmeasured, 200)});
      row.push_back({""});
      row.push_back({""});
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace exturbo::report
