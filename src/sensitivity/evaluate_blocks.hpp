// Values of a cube function at many points, a block at a time.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "exturbo/sensitivity/cube_function.hpp"

namespace exturbo::sensitivity {

/// Values (N) at points (d x N) by calls of at most 1024 points: a GP's cross-covariances stay small.
/// \throws std::invalid_argument if a call returns another number of values.
Eigen::VectorXd evaluate_blocks(const CubeFunction& function, const Eigen::MatrixXd& points);

}  // namespace exturbo::sensitivity
