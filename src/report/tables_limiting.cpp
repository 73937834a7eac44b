// What limits the design: the specs that hold the objective where it is, what they cost, and who pays.
// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>

#include "limiting_text.hpp"
#include "metric_text.hpp"
#include "tables.hpp"
#include "variable_text.hpp"

namespace exturbo::report {
namespace {

constexpr std::size_t kMissedShown = 160;

Cell tightening_cell(const Summary& summary, const std::optional<Tightening>& found) {
  if (!found) return {"not known", false, Tone::kMuted};
  Cell cell{cost_text(summary, *found)};
  if (!found->met.value_or(true)) cell.tone = Tone::kBad;
  cell.note =
      found->missed.empty() ? cost_share(summary, *found) : "misses " + shorten(joined(found->missed), kMissedShown);
  return cell;
}

std::string moves_text(const Summary& summary, const ActiveSpec& spec) {
  auto uses = uses_of_variables(summary.problem);
  std::string text;
  for (const Move& move : spec.pays) {
    if (!move.from || !move.to) continue;
    const std::string& unit = uses[move.variable].unit;
    text += (text.empty() ? "" : "; ") + shorten(move.variable, kNameShown) + " " + quantity(*move.from, unit) + " → " +
            quantity(*move.to, unit);
    if (*move.from != 0) text += " (" + signed_percent((*move.to - *move.from) / std::abs(*move.from)) + ")";
  }
  return text;
}

}  // namespace

std::string limiting_sentence(const Summary& summary) {
  if (!summary.explanation) return "";
  const Explanation& explanation = *summary.explanation;
  std::string names;
  for (const ActiveSpec& spec : explanation.active) names += (names.empty() ? "" : ", ") + spec.metric;
  const problem::Objective& objective = summary.problem.objective;
  std::string text = names.empty() ? "No spec holds " + objective.metric + " where it is."
                                   : objective.metric + " is held where it is by " + names + ".";
  if (const auto value = summary.objective(); value && explanation.reached && *value != 0) {
    text += " Around the design, sizes that follow no grid reach " +
            quantity(*explanation.reached, metric_unit(summary.problem, objective.metric)) +
            " at the specs as they are, " + signed_percent((*explanation.reached - *value) / std::abs(*value)) +
            "; what tightening costs is counted from there.";
  }
  return text;
}

Table limiting_table(const Summary& summary) {
  Table table{"Specs at their bounds: what tightening costs " + summary.problem.objective.metric +
                  ", to first order, then as the models predict and as the design sized again for it simulates; not "
                  "met: by no design near this one.",
              {{"Metric"},
               {"Spec", true},
               {"Value", true},
               {"Price", true},
               {"Tightened to", true},
               {"Predicted", true},
               {"Simulated", true}},
              {}};
  if (!summary.explanation) return table;
  for (const ActiveSpec& spec : summary.explanation->active) {
    const std::string unit = metric_unit(summary.problem, spec.metric);
    const auto text = [&](const std::optional<double>& value) { return value ? quantity(*value, unit) : ""; };
    table.rows.push_back({{shorten(spec.metric, kNameShown), true},
                          {(spec.side == "max" ? "≤ " : "≥ ") + text(spec.bound)},
                          {text(spec.value), false, Tone::kPlain, "", spec.margin ? signed_percent(*spec.margin) : ""},
                          {price_text(summary, spec)},
                          {text(spec.tightened)},
                          tightening_cell(summary, spec.predicted),
                          tightening_cell(summary, spec.simulated)});
  }
  return table;
}

Table payers_table(const Summary& summary) {
  Table table{"Who pays: the variables that move most when the spec is tightened.",
              {{"Tightened"}, {"Moves", false, true}},
              {}};
  if (!summary.explanation) return table;
  for (const ActiveSpec& spec : summary.explanation->active) {
    if (const std::string moves = moves_text(summary, spec); !moves.empty())
      table.rows.push_back({{shorten(spec.metric, kNameShown), true}, {moves}});
  }
  return table;
}

std::string inactive_sentence(const Summary& summary) {
  if (!summary.explanation || summary.explanation->inactive.empty()) return "";
  return "Not limiting: " + joined(summary.explanation->inactive) + ".";
}

}  // namespace exturbo::report
