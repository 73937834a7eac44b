// How much a simulated seed is to be trusted: a confidence that falls as its cost J grows.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "exturbo/run/evaluation.hpp"

namespace exturbo::agents {

/// 0.9 to 1 for a design that meets all specs, else below 0.8: strictly falling in J, so that seeds sorted by it are
/// sorted by J.
inline double confidence_of(const run::Evaluation& evaluation) {
  return evaluation.feasible ? 1 - 0.1 * evaluation.cost : 0.8 / evaluation.cost;
}

}  // namespace exturbo::agents
