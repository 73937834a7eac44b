// A function whose sensitivity is asked for.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <Eigen/Core>
#include <functional>

namespace exturbo::sensitivity {

/// Values (N) at points of the unit cube (d x N), N at most 1024 a call. A part of a box is asked about by scaling the
/// points inside.
using CubeFunction = std::function<Eigen::VectorXd(const Eigen::MatrixXd&)>;

}  // namespace exturbo::sensitivity
