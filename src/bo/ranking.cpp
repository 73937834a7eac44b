// Which of two outcomes is better: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "ranking.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace exturbo::bo {

double median_scale(std::vector<double> sizes) {
  if (sizes.empty()) return 1;
  const auto middle = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2);
  std::nth_element(sizes.begin(), middle, sizes.end());
  return *middle > 0 ? *middle : 1;
}

Ranking::Ranking(const History& history, const std::vector<OutputHint>& hints, int constraints, int first) {
  for (int j = 0; j < constraints; ++j) {
    const auto index = static_cast<std::size_t>(j);
    if (index < hints.size() && hints[index].scale > 0) {
      scales_.push_back(hints[index].scale);
      continue;
    }
    std::vector<double> sizes;
    int seen = 0;
    for (const Evaluation& evaluation : history.all()) {
      if (!evaluation.measured()) continue;
      if (++seen > first) break;
      const double size = std::abs(evaluation.outcome.constraints[index]);
      if (std::isfinite(size)) sizes.push_back(size);
    }
    scales_.push_back(median_scale(std::move(sizes)));
  }
}

bool Ranking::feasible(const Outcome& outcome) {
  if (outcome.failed || !std::isfinite(outcome.objective)) return false;
  return std::all_of(outcome.constraints.begin(), outcome.constraints.end(), [](double c) { return c <= 0; });
}

double Ranking::violation(const Outcome& outcome) const {
  double sum = std::isfinite(outcome.objective) ? 0.0 : kUnmeasured;
  for (std::size_t j = 0; j < scales_.size(); ++j) {
    const double c = outcome.constraints[j];
    if (!std::isfinite(c)) {
      sum += kUnmeasured;
    } else if (c > 0) {
      sum += std::log1p(c / scales_[j]);
    }
  }
  return sum;
}

bool Ranking::better(const Outcome& a, const Outcome& b) const {
  if (a.failed || b.failed) return !a.failed;
  const bool feasible_a = feasible(a);
  const bool feasible_b = feasible(b);
  if (feasible_a != feasible_b) return feasible_a;
  if (feasible_a) return a.objective < b.objective;
  return violation(a) < violation(b);
}

}  // namespace exturbo::bo
