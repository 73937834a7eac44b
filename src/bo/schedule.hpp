// What each ask of a cycle does: the mix of exploiting and exploring.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "exturbo/bo/options.hpp"

namespace exturbo::bo {

enum class Choice {
  kPosteriorOptimum,     ///< Best posterior mean, or with `optimism` its lower confidence bound.
  kFeasibility,          ///< Most probable feasible point.
  kExpectedImprovement,  ///< Log EI times probability of feasibility.
  kThompson,             ///< Best candidate under one joint sample.
};

struct Turn {
  Choice choice = Choice::kThompson;
  double optimism = 0;  ///< Posterior deviations by which the objective is lowered.
};

/// Asks after which the mix repeats.
inline int cycle_length(const Options& options) { return options.batch > 4 ? options.batch : 4; }

/// \param position of the ask in its cycle. \param searching a suggestion chosen for feasibility is pending.
Turn turn_of(const Options& options, int position, bool constrained, bool feasible_known, bool searching);

}  // namespace exturbo::bo
