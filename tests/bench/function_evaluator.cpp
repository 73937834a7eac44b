// Test functions as evaluators: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "function_evaluator.hpp"

#include <algorithm>
#include <cmath>

namespace exturbo::bench {
namespace {

constexpr double kMet = 1e-9;  ///< Of the scale of a constraint.

bool is_feasible(const BenchmarkProblem& problem, const bo::Outcome& outcome) {
  for (std::size_t i = 0; i < problem.scales.size(); ++i) {
    if (!(outcome.constraints[i] <= kMet * problem.scales[i])) return false;
  }
  return std::isfinite(outcome.objective);
}

}  // namespace

double scalar_cost(const BenchmarkProblem& problem, const bo::Outcome& outcome) {
  if (problem.scales.empty()) return outcome.objective;
  if (is_feasible(problem, outcome)) {
    const double t = outcome.objective / problem.reference;
    return 0.5 * (1 + t / (1 + std::abs(t)));
  }
  double sum = 0;
  for (std::size_t i = 0; i < problem.scales.size(); ++i) {
    const double violation = outcome.constraints[i] / problem.scales[i];
    sum += std::isnan(violation) ? 1 : std::clamp(violation, 0.0, 1.0);
  }
  return 1 + sum;
}

std::vector<Measured> FunctionEvaluator::evaluate(const std::vector<std::vector<double>>& points) {
  std::vector<Measured> results;
  for (const std::vector<double>& point : points) {
    const bo::Outcome outcome = problem_.evaluate(point);
    results.push_back({outcome, is_feasible(problem_, outcome), scalar_cost(problem_, outcome)});
  }
  return results;
}

}  // namespace exturbo::bench
