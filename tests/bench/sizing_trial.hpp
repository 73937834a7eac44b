// A trial of this project's optimiser on a circuit: a sizing run as `exturbo size` makes it.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "exturbo/problem/problem.hpp"
#include "exturbo/sizing/size.hpp"
#include "trial.hpp"

namespace exturbo::bench {

/// The run's folder is removed at the end.
/// \throws core::EnvironmentError.
TrialRecord run_sizing(const problem::Problem& problem, const sizing::SizeOptions& options, int workers);

}  // namespace exturbo::bench
