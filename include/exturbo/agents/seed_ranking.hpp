// Collaborative warm start: the seeds of all agents, completed, simulated, without repeats, the best first.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <vector>

#include "exturbo/problem/problem.hpp"
#include "exturbo/problem/seeds.hpp"
#include "exturbo/sizing/size.hpp"

namespace exturbo::agents {

/// Seeds that are simulated; the least confident beyond are left out.
inline constexpr std::size_t kMostRanked = 40;

struct RankedSeeds {
  std::vector<problem::Seed> seeds;  ///< Complete, on the grid, the least J first; the confidence follows from J.
  std::vector<double> costs;         ///< J of each.
  std::size_t repeats = 0;           ///< Seeds that equalled another one once rounded.
  int evaluations = 0;
};

/// What a partial seed leaves open it takes from the most confident complete seed, else from the middle of the range. Of
/// seeds that round to the same design the more confident one stays; at equal J the earlier one comes first.
/// \throws core::EnvironmentError.
RankedSeeds rank_seeds(const problem::Problem& problem, std::vector<problem::Seed> seeds,
                       const sizing::Machine& machine = {});

}  // namespace exturbo::agents
