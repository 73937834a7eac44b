// Fits of several processes at once, as of all outputs of an optimiser.
// SPDX-License-Identifier: BSD-3-Clause
//
// Each result is that of fit() alone. On the CPU the processes are shared among threads. On a device, likelihoods of
// processes of the same few points are computed together: each search runs in a thread of its own and meets the others
// where it needs a likelihood.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "exturbo/gp/fit.hpp"

namespace exturbo::gp {

/// The arguments of fit().
struct FitTask {
  Eigen::MatrixXd points;
  Eigen::VectorXd targets;
  FitOptions options;
};

/// \param threads OpenMP threads, at least 1; results do not depend on it.
std::vector<FitResult> fit_all(const std::vector<FitTask>& tasks, int threads);

/// Up to so many points a device computes likelihoods of several processes together; beyond, each keeps it busy alone.
constexpr Eigen::Index kTogether = 2048;

}  // namespace exturbo::gp
