// The explanation in a few sentences and two small tables, for a terminal.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cmath>

#include "exturbo/report/report.hpp"
#include "limiting_text.hpp"
#include "metric_text.hpp"
#include "plain_text.hpp"
#include "slope_text.hpp"
#include "tables.hpp"

namespace exturbo::report {
namespace {

constexpr std::size_t kNamed = 3;     ///< Variables named in a sentence or a row.
constexpr double kNegligible = 0.05;  ///< Share below which a variable is not named.

std::string enumerated(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i)
    text += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
  return text;
}

/// What tightening came to: as simulated, else as predicted.
const Tightening* outcome_of(const ActiveSpec& spec) {
  return spec.simulated ? &*spec.simulated : spec.predicted ? &*spec.predicted : nullptr;
}

/// "+2.1 µW (+17.5 %)".
std::string cost_with_share(const Summary& summary, const Tightening& outcome) {
  const std::string share = cost_share(summary, outcome);
  return cost_text(summary, outcome) + (share.empty() ? "" : " (" + share + ")");
}

std::string limit_sentence(const Summary& summary) {
  const Explanation& explanation = *summary.explanation;
  const std::string& objective = summary.problem.objective.metric;
  if (explanation.active.empty()) return "No spec holds " + objective + " where it is.";
  std::vector<std::string> names;
  const ActiveSpec* dearest = nullptr;
  const auto cost = [](const ActiveSpec& spec) {
    const Tightening* outcome = outcome_of(spec);
    return outcome == nullptr ? -INFINITY : outcome->met.value_or(true) ? outcome->change.value_or(0) : INFINITY;
  };
  for (const ActiveSpec& spec : explanation.active) {
    names.push_back(spec.metric);
    if (dearest == nullptr || cost(spec) > cost(*dearest)) dearest = &spec;
  }
  std::string text = objective + " is held where it is by " + enumerated(names);
  if (const Tightening* outcome = outcome_of(*dearest); outcome != nullptr && dearest->tightened) {
    const std::string what =
        dearest->metric + " at " + quantity(*dearest->tightened, metric_unit(summary.problem, dearest->metric));
    text += outcome->met.value_or(true) ? "; " + what + " would cost " + cost_with_share(summary, *outcome)
                                        : "; " + what + " cannot be met nearby";
  }
  return text + ".";
}

/// The variables with the largest mean share over these metrics, "W1 (31 %)".
std::vector<std::string> leaders(const Fits& fits, const std::vector<std::string>& chosen) {
  ByName<double> sums;
  int metrics = 0;
  for (const std::string& metric : chosen) {
    const MetricFit* found = find(fits.metrics, metric);
    if (found == nullptr || !found->ok()) continue;
    const MetricFit& fit = *found;
    ++metrics;
    for (const auto& [variable, entry] : fit.variables) {
      const auto sum =
          std::find_if(sums.begin(), sums.end(), [&name = variable](const auto& s) { return s.first == name; });
      if (sum == sums.end()) {
        sums.emplace_back(variable, entry.sensitivity.value_or(0));
      } else {
        sum->second += entry.sensitivity.value_or(0);
      }
    }
  }
  std::stable_sort(sums.begin(), sums.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<std::string> names;
  for (const auto& [variable, sum] : sums) {
    const double share = sum / metrics;
    if (names.size() < kNamed && share >= kNegligible)
      names.push_back(variable + " (" + general(100 * share, 2) + " %)");
  }
  return names;
}

/// The metrics with a spec, and the objective.
std::vector<std::string> judged_metrics(const Summary& summary) {
  std::vector<std::string> metrics;
  for (const problem::Spec& spec : summary.problem.specs) metrics.push_back(spec.metric);
  if (summary.problem.spec(summary.problem.objective.metric) == nullptr)
    metrics.push_back(summary.problem.objective.metric);
  return metrics;
}

std::string leaders_sentence(const Fits& fits, const std::vector<std::string>& metrics, const std::string& begin) {
  const std::vector<std::string> names = leaders(fits, metrics);
  if (names.empty()) return begin + " no variable above others, as far as the evaluations tell.";
  return begin + " " + enumerated(names) + " most" + (fits.low_data ? ", on few data" : "") + ".";
}

std::string disagreement_sentence(const Summary& summary) {
  std::vector<std::string> disputed, touch;
  for (const auto& [metric, agreement] : summary.explanation->agreement) {
    if (!agreement.agrees.value_or(true)) disputed.push_back(metric);
  }
  for (const ActiveSpec& spec : summary.explanation->active) {
    const auto effects = effects_of_variables(summary, spec.metric);
    if (!effects.empty()) touch.push_back(effects.front().variable + " for " + spec.metric);
  }
  std::string text =
      disputed.empty()
          ? "The methods name the same variables"
          : "Methods disagree on " +
                (disputed.size() > kNamed ? std::to_string(disputed.size()) + " of " +
                                                std::to_string(summary.explanation->agreement.size()) + " metrics"
                                          : enumerated(disputed)) +
                ", where the simulated derivatives count";
  return text + (touch.empty() ? "." : "; when a spec moves, touch first " + enumerated(touch) + ".");
}

std::string specs_table(const Summary& summary) {
  std::vector<std::vector<std::string>> rows{{"spec at its bound", "bound", "value", "price", "tightened"}};
  for (const ActiveSpec& spec : summary.explanation->active) {
    const std::string unit = metric_unit(summary.problem, spec.metric);
    const Tightening* outcome = outcome_of(spec);
    rows.push_back({spec.metric, spec.bound ? (spec.side == "max" ? "≤ " : "≥ ") + quantity(*spec.bound, unit) : "",
                    spec.value ? quantity(*spec.value, unit) : "", price_text(summary, spec),
                    outcome == nullptr ? "" : cost_with_share(summary, *outcome)});
  }
  return text_table(rows, {false, true, true, true, true});
}

std::string variables_table(const Summary& summary) {
  std::vector<std::vector<std::string>> rows{{"10 % more of", "first", "second", "third"}};
  for (const ActiveSpec& spec : summary.explanation->active) {
    std::vector<std::string> row{spec.metric};
    const std::string unit = metric_unit(summary.problem, spec.metric);
    for (const VariableEffect& effect : effects_of_variables(summary, spec.metric)) {
      if (row.size() <= kNamed) row.push_back(effect.variable + " " + signed_quantity(effect.change, unit, 2));
    }
    row.resize(kNamed + 1);
    if (!row[1].empty()) rows.push_back(std::move(row));
  }
  return text_table(rows, {false, false, false, false});
}

}  // namespace

std::string render_essence(const run::RunFolder& run) {
  const Summary summary = read_summary(run);
  const std::string verdict = wrapped(verdict_in_brief(summary));
  if (!summary.explanation) return verdict + wrapped("It is not explained yet.");
  const Explanation& explanation = *summary.explanation;
  std::string text =
      verdict + wrapped(limit_sentence(summary)) +
      wrapped(leaders_sentence(explanation.survival, {"J"}, "Whether the circuit works depends on")) +
      wrapped(leaders_sentence(explanation.tuning, judged_metrics(summary), "What good designs trade depends on")) +
      wrapped(disagreement_sentence(summary));
  for (const std::string& table : {specs_table(summary), variables_table(summary)})
    text += table.empty() ? "" : "\n" + table;
  return text;
}

}  // namespace exturbo::report
