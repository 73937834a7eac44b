// What came of one evaluation, as the optimiser sees it.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <limits>
#include <vector>

namespace exturbo::bo {

/// The numbers of one evaluated point. Three cases differ:
/// - `failed`: nothing could be measured (no operating point, a crash). The numbers are ignored; the point teaches the
///   model of where evaluations fail.
/// - an entry that is NaN or infinite: that quantity alone could not be measured there. An unmeasured constraint counts
///   as violated; the other numbers are used.
/// - otherwise: a measured point; feasible when every constraint is <= 0 and the objective is measured.
struct Outcome {
  bool failed = false;
  double objective = std::numeric_limits<double>::quiet_NaN();  ///< To be minimised.
  std::vector<double> constraints;                              ///< Met when <= 0. Size as given to the Optimizer.

  static Outcome failure() { return Outcome{true, std::numeric_limits<double>::quiet_NaN(), {}}; }
};

}  // namespace exturbo::bo
