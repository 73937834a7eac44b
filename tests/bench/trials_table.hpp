// The tables of the benches of methods: a row a method, medians with quartiles over rng seeds.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "trial.hpp"

namespace exturbo::bench {

/// "median [lower quartile, upper quartile]" of a number of each trial; "-" for what is infinite.
std::string spread(const std::vector<TrialRecord>& trials, const std::function<double(const TrialRecord&)>& number);

/// The header of a table of `budget` evaluations.
void print_header(const std::string& problem, int budget, std::size_t seeds);
/// First feasible, best at 50, 100, 200 and 500 evaluations, processor time, medians of the details.
void print_row(const std::string& method, int budget, const std::vector<TrialRecord>& trials);
/// The targets of a problem below the row they are for, each with its verdict. False if one is missed; targets beyond
/// the budget are left out.
bool print_targets(const std::string& problem, int budget, const std::vector<TrialRecord>& trials);

}  // namespace exturbo::bench
