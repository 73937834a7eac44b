// The mix of exploiting and exploring: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "schedule.hpp"

#include <algorithm>

namespace exturbo::bo {
namespace {

constexpr double kOptimismStep = 0.6;  // between the lower bounds of one cycle
constexpr double kMostOptimism = 5.4;
constexpr double kThompsonShare = 0.2;  // of a cycle without constraints; with constraints every other ask

}  // namespace

Turn turn_of(const Options& options, int position, bool constrained, bool feasible_known, bool searching) {
  if (options.acquisition == Acquisition::kThompson) return {};
  if (!feasible_known && constrained) return {searching ? Choice::kThompson : Choice::kFeasibility, 0};
  if (options.acquisition == Acquisition::kLogEi) return {Choice::kExpectedImprovement, 0};
  const int cycle = cycle_length(options);
  const int bounds = constrained ? (cycle + 1) / 2 : cycle - static_cast<int>(kThompsonShare * cycle);
  if (constrained && position % 2 == 1) return {};
  const int rank = constrained ? position / 2 : position;
  if (rank >= bounds) return {};
  const double step = std::min(kOptimismStep, kMostOptimism / std::max(1, bounds - 1));
  return {Choice::kPosteriorOptimum, step * rank};
}

}  // namespace exturbo::bo
