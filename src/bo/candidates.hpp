// Candidate points inside the trust region.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <Eigen/Core>

#include "exturbo/core/random.hpp"
#include "trust_region.hpp"

namespace exturbo::bo {

/// `count` points (d x count): shifted Sobol points of the box; in each, only some coordinates leave the centre: each
/// with probability min(1, 20 / d) in one half of the points (TuRBO), min(1, 5 / d) in the other, at least one.
Eigen::MatrixXd candidate_points(const Box& box, const Eigen::VectorXd& centre, int count, core::RandomStream& stream);

}  // namespace exturbo::bo
