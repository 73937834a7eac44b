// What the optimiser is to reach on the published functions, as medians over rng seeds 1 to 10.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

namespace exturbo::bench {

struct Target {
  std::string problem;
  int at = 0;         ///< Evaluations; 0: the evaluation of the first feasible point itself.
  std::string bound;  ///< As printed: medians are compared to its digits.
};

/// The targets of a problem; most have none.
std::vector<Target> targets_of(const std::string& problem);

/// True if `median`, rounded to the digits of the bound, is not above it.
bool meets(const Target& target, double median);

}  // namespace exturbo::bench
