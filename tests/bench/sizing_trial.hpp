// A trial of this project's optimiser on a circuit: a sizing run as `exturbo size` makes it.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>

#include "exturbo/problem/problem.hpp"
#include "trial.hpp"

namespace exturbo::bench {

/// Starts cold, with the defaults. The run's folder is removed at the end.
/// \throws core::EnvironmentError.
TrialRecord run_sizing(const problem::Problem& problem, int budget, std::uint64_t rng_seed, int workers);

}  // namespace exturbo::bench
