// Morris screening: elementary effects of each variable of a function on the unit cube.
// SPDX-License-Identifier: BSD-3-Clause
//
// Morris 1991: each trajectory starts at a random point of a grid of p levels and moves every variable once, in random
// order, by p / (2 (p - 1)), up or down; an elementary effect is the change of the value over the step. Their mean mu,
// the mean of their magnitudes mu* (Campolongo, Cariboni & Saltelli 2007) and their deviation sigma tell an idle
// variable (mu* = 0), a linear one (sigma = 0), and one with curvature or interactions (sigma > 0) apart, for far
// fewer evaluations than Sobol' indices.
//
// Promises: deterministic by the rng seed; one thread. Cost: r (d + 1) evaluations for r trajectories.
#pragma once

#include <Eigen/Core>
#include <cstdint>

#include "exturbo/sensitivity/cube_function.hpp"

namespace exturbo::sensitivity {

struct MorrisOptions {
  int trajectories = 20;  ///< r >= 1.
  int levels = 4;         ///< p, even, >= 2.
  std::uint64_t rng_seed = 1;
};

/// In units of the function per side of the cube; all 0 where no trajectory is left.
struct MorrisEffects {
  Eigen::VectorXd mean;           ///< d.
  Eigen::VectorXd mean_absolute;  ///< d.
  Eigen::VectorXd deviation;      ///< d; of the sample (r - 1), 0 for one trajectory.
  int trajectories = 0;           ///< Used: those with a value that is not finite are left out.
  Eigen::Index evaluations = 0;
};

/// \param dimensions d >= 1.
/// \throws std::invalid_argument for options out of range, or a function that returns a wrong number of values.
MorrisEffects morris_effects(const CubeFunction& function, Eigen::Index dimensions, const MorrisOptions& options = {});

}  // namespace exturbo::sensitivity
