// What the fits say, as maps of metrics by variables.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "explanation.hpp"
#include "heat_map.hpp"

namespace exturbo::report {

/// Sensitivity shares over all evaluations; disputed where length-scales and elementary effects (Morris) disagree.
HeatMap survival_map(const Explanation& explanation);

/// Sensitivity shares over the best designs; disputed where length-scales disagree with the simulated derivatives or
/// with Sobol's total indices.
HeatMap tuning_map(const Explanation& explanation);

}  // namespace exturbo::report
