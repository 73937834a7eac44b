// Priors of the hyperparameters for maximum-a-posteriori fits.
// SPDX-License-Identifier: BSD-3-Clause
//
// All are normal in the logarithm. Length-scales share a common level, which grows with sqrt(d) so that the prior's
// complexity does not grow with the number of variables (Hvarfner, Hellsten & Nardi 2024), and differ from it by
// a narrower spread. With fewer points than a few times d, length-scales that
// are free of each other fit accidents and make the posterior several times too sure of itself. The widths are ours
// (src/bo/README.md). The constant mean has a normal prior.
#pragma once

#include <Eigen/Core>

namespace exturbo::gp {

/// Mean and standard deviation of a logarithm.
struct LogNormal {
  double mean = 0;
  double deviation = 1;
};

struct Prior {
  LogNormal lengthscale;          ///< Of the common level: the mean of the log length-scales.
  double lengthscale_spread = 1;  ///< Deviation of each log length-scale around that mean.
  LogNormal signal_variance;
  LogNormal noise_variance;
  LogNormal
      trend;  ///< Of each trend's share of the targets' variance: its coefficients' variance times their feature's.
  double mean_deviation = 1;  ///< Of the constant mean around 0, for standardised targets.

  /// For d variables in the unit cube and standardised targets.
  static Prior defaults(Eigen::Index dimensions);
};

}  // namespace exturbo::gp
