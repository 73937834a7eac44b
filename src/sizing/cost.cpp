// How a measured design stands against its specs: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/sizing/cost.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace exturbo::sizing {
namespace {

double bound_violation(double excess, double bound, double scale) {
  return excess <= 0 ? 0 : std::min(1.0, excess / std::max(std::abs(bound), scale));
}

const double* find(const std::map<std::string, double>& values, const std::string& key) {
  const auto found = values.find(key);
  return found == values.end() ? nullptr : &found->second;
}

/// Is `candidate` a worse value of the metric than `present`?
bool is_worse(const problem::Problem& problem, const problem::Spec* spec, const std::string& id, double candidate,
              double present) {
  if (spec != nullptr && spec->min && spec->max) return violation(*spec, &candidate) > violation(*spec, &present);
  if (spec != nullptr && spec->min) return candidate < present;
  if (spec != nullptr || id == problem.objective.metric) return candidate > present;
  return false;
}

/// Slack of `value` against one bound; `sign` +1 for an upper bound, -1 for a lower one.
double slack(const std::string& unit, double value, double bound, double sign) {
  constexpr double kLogLimit = 14;  // A factor of a million.
  if (unit == "dB") return sign * (value - bound) / 10;
  if (unit == "deg") return sign * (value - bound) / 20;
  if (unit.starts_with("share")) return sign * (value - bound) / 0.1;
  if (is_ratio(unit) && bound > 0) {
    if (value <= 0) return -sign * kLogLimit;
    return std::clamp(sign * std::log(value / bound), -kLogLimit, kLogLimit);
  }
  return sign * (value - bound) / (bound == 0 ? 1.0 : std::abs(bound));
}

}  // namespace

bool is_ratio(const std::string& unit) {
  return unit == "Hz" || unit == "V/s" || unit == "W" || unit == "A" || unit == "s" || unit == "V/sqrt(Hz)";
}

double violation(const problem::Spec& spec, const double* value) {
  if (value == nullptr) return 1;
  double worst = 0;
  if (spec.min) worst = std::max(worst, bound_violation(*spec.min - *value, *spec.min, spec.scale));
  if (spec.max) worst = std::max(worst, bound_violation(*value - *spec.max, *spec.max, spec.scale));
  return worst;
}

double relative_margin(const problem::Spec& spec, double value) {
  double margin = std::numeric_limits<double>::infinity();
  if (spec.min) margin = std::min(margin, (value - *spec.min) / std::max(std::abs(*spec.min), 1e-30));
  if (spec.max) margin = std::min(margin, (*spec.max - value) / std::max(std::abs(*spec.max), 1e-30));
  return margin;
}

void judge(const problem::Problem& problem, run::Evaluation& evaluation) {
  evaluation.metrics.clear();
  evaluation.unmeasured.clear();
  if (evaluation.failed()) {
    evaluation.feasible = false;
    evaluation.cost = 1.0 + static_cast<double>(problem.specs.size());
    return;
  }
  for (const problem::MetricDefinition& metric : problem.metrics) {
    const problem::Spec* spec = problem.spec(metric.id);
    std::optional<double> worst;
    for (const run::CornerRecord& corner : evaluation.corners) {
      const double* value = find(corner.metrics, metric.id);
      if (value == nullptr) {
        const auto why = corner.unmeasured.find(metric.id);
        evaluation.unmeasured[metric.id] =
            corner.name + ": " + (why == corner.unmeasured.end() ? "not measured" : why->second);
        worst.reset();
        break;
      }
      if (!worst || is_worse(problem, spec, metric.id, *value, *worst)) worst = *value;
    }
    if (worst) evaluation.metrics[metric.id] = *worst;
  }
  double sum = 0;
  for (const problem::Spec& spec : problem.specs) sum += violation(spec, find(evaluation.metrics, spec.metric));
  const double* objective = find(evaluation.metrics, problem.objective.metric);
  if (objective == nullptr && problem.spec(problem.objective.metric) == nullptr) sum += 1;
  evaluation.feasible = sum == 0 && evaluation.corners.size() == problem.corners.size();
  evaluation.cost = evaluation.feasible ? std::clamp(*objective / problem.objective.reference, 1e-6, 1.0) : 1.0 + sum;
}

std::vector<std::string> violated_specs(const problem::Problem& problem, const run::Evaluation& evaluation) {
  std::vector<std::string> names;
  for (const problem::Spec& spec : problem.specs) {
    if (evaluation.failed() || violation(spec, find(evaluation.metrics, spec.metric)) > 0) names.push_back(spec.metric);
  }
  return names;
}

int constraint_count(const problem::Problem& problem) {
  int count = 0;
  for (const problem::Spec& spec : problem.specs) count += (spec.min ? 1 : 0) + (spec.max ? 1 : 0);
  return count;
}

double largest_slack(const problem::Problem& problem, const problem::Spec& spec, double value) {
  const std::string& unit = problem.metric(spec.metric)->unit;
  double largest = -std::numeric_limits<double>::infinity();
  if (spec.min) largest = std::max(largest, slack(unit, value, *spec.min, -1));
  if (spec.max) largest = std::max(largest, slack(unit, value, *spec.max, +1));
  return largest;
}

bo::Outcome to_outcome(const problem::Problem& problem, const run::Evaluation& evaluation) {
  if (evaluation.failed()) return bo::Outcome::failure();
  bo::Outcome outcome;
  if (const double* objective = find(evaluation.metrics, problem.objective.metric)) outcome.objective = *objective;
  for (const problem::Spec& spec : problem.specs) {
    const double* value = find(evaluation.metrics, spec.metric);
    const std::string& unit = problem.metric(spec.metric)->unit;
    const double unknown = std::numeric_limits<double>::quiet_NaN();
    if (spec.min) outcome.constraints.push_back(value == nullptr ? unknown : slack(unit, *value, *spec.min, -1));
    if (spec.max) outcome.constraints.push_back(value == nullptr ? unknown : slack(unit, *value, *spec.max, +1));
  }
  return outcome;
}

bo::SearchSpace search_space(const problem::Problem& problem) {
  std::vector<bo::Dimension> dimensions;
  for (const problem::Variable* variable : problem.free_variables()) {
    dimensions.push_back({variable->name, variable->min, variable->max,
                          variable->scale == problem::Scale::kLog ? bo::Scale::kLog : bo::Scale::kLinear,
                          variable->grid, variable->integer});
  }
  return bo::SearchSpace(std::move(dimensions));
}

}  // namespace exturbo::sizing
