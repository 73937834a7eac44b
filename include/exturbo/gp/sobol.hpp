// Sobol points (Joe & Kuo 2008 direction numbers), plain or shifted by an rng seed.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <Eigen/Core>

#include "exturbo/core/random.hpp"

namespace exturbo::gp {

/// The first `count` points after the origin of the unscrambled sequence, in [0, 1): d x count. d <= 1111 or so (the
/// table of Boost.Random). \throws std::range_error beyond it.
Eigen::MatrixXd sobol_points(Eigen::Index dimensions, Eigen::Index count);

/// The same points with one random digital shift (exclusive or of 32 bits) a dimension: each point is uniform on the
/// cube, the set as even as before.
Eigen::MatrixXd shifted_sobol_points(Eigen::Index dimensions, Eigen::Index count, core::RandomStream& stream);

}  // namespace exturbo::gp
