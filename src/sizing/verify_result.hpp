// What a verification hands back: verify.json from what was simulated.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <vector>

#include "exturbo/problem/problem.hpp"
#include "exturbo/run/verification.hpp"
#include "exturbo/sizing/verify.hpp"

namespace exturbo::sizing {

/// Index of the worst corner: the largest sum of violations; where nothing is violated, the smallest margin of a spec.
/// `records` has one of each corner.
std::size_t worst_corner(const problem::Problem& problem, const std::vector<run::VerificationRecord>& records);

/// `corners`: a record of each corner of the problem. `samples`: those of Monte Carlo at `sampled`; empty for none.
/// The run's own facts (design, rng seed, assumptions) are left to the caller.
VerifySummary verify_summary(const problem::Problem& problem, const std::vector<run::VerificationRecord>& corners,
                             const std::vector<run::VerificationRecord>& samples, double min_yield);

}  // namespace exturbo::sizing
