// Evaluates one design, by the simulator on all testbenches and corners or by the problem's command, and judges it.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <string>

#include "exturbo/run/run_folder.hpp"
#include "exturbo/sizing/size.hpp"

namespace exturbo::sizing {

/// Metrics, verdict and operating points of one design: the "best" and "specs" parts of result.json, with "status" and,
/// for a failed simulation, "reason". `values` are those of free variables; those absent take their start value, else
/// the middle of the range (geometric on a log scale). Values are used as given: neither clipped nor rounded. \throws
/// core::InputError for unknown variables; core::EnvironmentError.
run::Json simulate(const problem::Problem& problem, const std::map<std::string, double>& values,
                   const Machine& machine = {});

}  // namespace exturbo::sizing
