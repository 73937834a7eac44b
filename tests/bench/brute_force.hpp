// Slopes of the metrics around a design by brute force: central differences at many points, simulated.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "exturbo/problem/problem.hpp"

namespace exturbo::bench {

/// Mean absolute slope per metric and free variable, over the points where it could be measured; per unit of the
/// variable's position (0 .. 1) in its range.
struct BruteForceSlopes {
  std::map<std::string, std::vector<double>> slopes;  ///< d each.
  int simulations = 0;
  int points = 0;
};

/// The points are the design itself and Sobol' points of the box of +-`reach` around it in the unit cube, as many as
/// `simulations` allow (2 d each). `store` keeps each point as a line as soon as it is done; what is there for this
/// design is not simulated again. \throws core::EnvironmentError, core::InputError.
BruteForceSlopes brute_force_slopes(const problem::Problem& problem, const std::vector<double>& unit, double reach,
                                    int simulations, int workers, const std::filesystem::path& store);

}  // namespace exturbo::bench
