// Which corners a design is simulated on first: the few that decide, all others only for a design that passes those.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <map>
#include <vector>

#include "exturbo/problem/problem.hpp"
#include "exturbo/run/evaluation.hpp"
#include "exturbo/sizing/size.hpp"
#include "exturbo/spice/outcome.hpp"

namespace exturbo::sizing {

class CornerStages {
 public:
  static constexpr std::size_t kMostActive = 6;  ///< The nominal corner included.

  CornerStages(const problem::Problem& problem, CornerStrategy strategy) : problem_(&problem), strategy_(strategy) {}

  /// Corners that slot `slot` is simulated on first, in rising order; a function of slots 1 .. `last` alone, which must
  /// all be in `evaluations`. Slot 1: all. Later ones: the nominal corner, and from the slots that were simulated on
  /// all corners, the latest first, the worst corner of each spec, the tightest spec first.
  std::vector<std::size_t> active(int slot, int last, const std::map<int, run::Evaluation>& evaluations) const;

  /// The corners of the second stage: those not in `active`.
  std::vector<std::size_t> others(const std::vector<std::size_t>& active) const;

  std::vector<std::size_t> all() const { return others({}); }

  /// True if the evaluation, judged on its active corners, must be simulated on the others before it may count.
  bool must_go_on(const run::Evaluation& evaluation) const;

  /// What came of both stages as one outcome, in the order of the problem's corners.
  spice::Outcome joined(const spice::Outcome& first, const std::vector<std::size_t>& active,
                        const spice::Outcome& second) const;

  /// True if an evaluation of a journal can have come from these active corners: it holds exactly them, or all corners.
  bool agrees(const run::Evaluation& evaluation, const std::vector<std::size_t>& active) const;

 private:
  const problem::Problem* problem_;
  CornerStrategy strategy_;
};

}  // namespace exturbo::sizing
