// Hyperparameters of a GP.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <Eigen/Core>

#include "exturbo/gp/stationary.hpp"
#include "exturbo/gp/trend.hpp"

namespace exturbo::gp {

/// Of a GP with a stationary kernel, a quadratic trend, Gaussian noise and a constant mean that is solved for.
struct Hyperparameters {
  Eigen::VectorXd lengthscales;  ///< d, all > 0.
  double signal_variance = 1;    ///< s2 > 0.
  double noise_variance = 1e-6;  ///< >= 0, added on the diagonal.
  TrendVariances trend;          ///< None by default.
  Kernel kernel = Kernel::kMatern52;

  /// A start and fallback: length-scales 0.5 sqrt(d), signal variance 1, noise variance 1e-4, for standardised targets.
  static Hyperparameters defaults(Eigen::Index dimensions);
};

/// log of (length-scales, signal variance, noise variance), with a trend also of its three variances: d + 2 or d + 5
/// entries.
Eigen::VectorXd to_log(const Hyperparameters& hyperparameters);
/// \param dimensions d.
Hyperparameters from_log(const Eigen::VectorXd& log_parameters, Eigen::Index dimensions,
                         Kernel kernel = Kernel::kMatern52);

}  // namespace exturbo::gp
