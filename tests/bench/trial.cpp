// One run of one method: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "trial.hpp"

#include <algorithm>
#include <chrono>
#include <limits>

namespace exturbo::bench {

double TrialRecord::best_at(int evaluation) const {
  double best = std::numeric_limits<double>::infinity();
  for (const auto& [at, objective] : improvements) {
    if (at <= evaluation) best = objective;
  }
  return best;
}

double TrialRecord::first() const {
  return first_feasible == 0 ? std::numeric_limits<double>::infinity() : first_feasible;
}

void TrialRecord::add(bool feasible, double objective) {
  ++evaluations;
  if (!feasible) return;
  if (first_feasible == 0) first_feasible = evaluations;
  if (improvements.empty() || objective < improvements.back().second) improvements.emplace_back(evaluations, objective);
}

std::vector<double> Trial::random_point(core::RandomStream& stream) const {
  std::vector<double> unit(static_cast<std::size_t>(space().size()));
  for (double& u : unit) u = stream.uniform();
  return unit;
}

std::vector<Measured> Trial::evaluate(std::vector<std::vector<double>> points) {
  points.resize(std::min(points.size(), static_cast<std::size_t>(left())));
  const auto begin = std::chrono::steady_clock::now();
  std::vector<Measured> results = evaluator_.evaluate(points);
  evaluation_seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  for (const Measured& measured : results) record_.add(measured.feasible, measured.outcome.objective);
  return results;
}

std::vector<Measured> Trial::evaluate_unit(const std::vector<std::vector<double>>& units) {
  std::vector<std::vector<double>> points;
  for (const std::vector<double>& unit : units) points.push_back(space().to_values(unit));
  return evaluate(std::move(points));
}

}  // namespace exturbo::bench
