// Metrics that are expressions of others.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <string>
#include <vector>

#include "exturbo/problem/problem.hpp"
#include "exturbo/spice/outcome.hpp"

namespace exturbo::spice {

/// Adds the metrics that are expressions of others, of `margin.<device>`, `region.<device>` (0 off, 1 weak, 2
/// saturation, 3 triode) and of parameters and variables.
void measure_expressions(const std::vector<problem::MetricDefinition>& metrics,
                         const std::map<std::string, double>& parameters, CornerOutcome& outcome);

}  // namespace exturbo::spice
