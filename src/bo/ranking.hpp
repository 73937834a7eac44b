// Which of two outcomes is better: feasibility first, then objective, else the sum of scaled violations.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <vector>

#include "exturbo/bo/outcome.hpp"
#include "history.hpp"

namespace exturbo::bo {

/// Sizes against which violations are measured, one a constraint. A hint's scale stands; else the scale is the median
/// magnitude of the constraint over the first evaluations, so that it stays put while the search closes in.
class Ranking {
 public:
  Ranking() = default;
  /// \param first how many measured evaluations, in the order of their ids, set the scales that have no hint.
  Ranking(const History& history, const std::vector<OutputHint>& hints, int constraints, int first);

  const std::vector<double>& scales() const { return scales_; }
  /// All constraints met and the objective measured.
  static bool feasible(const Outcome& outcome);
  /// Sum over constraints of log(1 + max(0, c / scale)), unmeasured numbers counting as kUnmeasured; 0 if feasible.
  double violation(const Outcome& outcome) const;
  /// True if `a` ranks strictly before `b`; failed outcomes rank last.
  bool better(const Outcome& a, const Outcome& b) const;

 private:
  std::vector<double> scales_;
};

/// Median of magnitudes; 1 if there is none or it is 0.
double median_scale(std::vector<double> sizes);

/// What an unmeasured number adds to a violation: as one that misses by about six times its scale.
inline constexpr double kUnmeasured = 2.0;

}  // namespace exturbo::bo
