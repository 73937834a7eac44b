// An evaluation made before the run began, by an earlier run or another program: something to learn from.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <vector>

#include "exturbo/bo/outcome.hpp"

namespace exturbo::bo {

struct PriorEvaluation {
  std::vector<double> values;  ///< In the caller's units, one per variable.
  Outcome outcome;             ///< By the objective and the constraints of the run that learns.
};

}  // namespace exturbo::bo
