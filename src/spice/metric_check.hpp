// Checks of a problem's metrics: measures, their analyses and options, `.meas` names, devices.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <string>
#include <vector>

#include "exturbo/core/fault.hpp"
#include "exturbo/problem/problem.hpp"

namespace exturbo::spice {

/// Faults of all metrics. `values` are parameters and variables by lower-case name.
std::vector<core::Fault> check_metrics(const problem::Problem& problem, const std::map<std::string, double>& values);

}  // namespace exturbo::spice
