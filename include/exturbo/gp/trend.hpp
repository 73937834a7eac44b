// Quadratic trend of a GP: a linear and a square term per variable and one bowl common to all, with normal priors.
// SPDX-License-Identifier: BSD-3-Clause
//
// t(u) = sum_j (a_j u_j + b_j u_j^2) + c |u|^2, u = x - centre, a_j ~ N(0, linear), b_j ~ N(0, square), c ~ N(0, bowl):
// Bayesian linear regression as a part of the kernel, phi(x) . phi(x') with 2 d + 1 features (Rasmussen & Williams
// 2006, ch. 2.1 and 2.7). The common bowl is the hierarchy over the b_j: it is found from fewer than d points. Pure
// functions.
#pragma once

#include <Eigen/Core>
#include <array>

namespace exturbo::gp {

/// Prior variances of the coefficients; all zero: no trend.
struct TrendVariances {
  double linear = 0;
  double square = 0;
  double bowl = 0;
  bool any() const { return linear > 0 || square > 0 || bowl > 0; }
  /// In the order of trend_parts().
  std::array<double, 3> of_parts() const { return {linear, square, bowl}; }
};

/// Features at points minus their centre (d x N), each times its prior deviation: 2 d + 1 x N, linear ones first, the
/// bowl last. Without a trend 0 x N.
Eigen::MatrixXd trend_features(const Eigen::Ref<const Eigen::MatrixXd>& centred, const TrendVariances& variances);

/// The same apart and for unit variances: linear and square ones (d x N), and the bowl (1 x N).
std::array<Eigen::MatrixXd, 3> trend_parts(const Eigen::Ref<const Eigen::MatrixXd>& centred);

/// Coefficients (2 d + 1, over their prior deviations) times the features at u (d); adds its gradient unless null. 0
/// for no coefficients.
double trend_at(const Eigen::VectorXd& u, const Eigen::VectorXd& coefficients, const TrendVariances& variances,
                Eigen::VectorXd* gradient);

/// Prior variance of the trend at u (d), |phi(u)|^2; adds its gradient unless null.
double trend_variance(const Eigen::VectorXd& u, const TrendVariances& variances, Eigen::VectorXd* gradient);

}  // namespace exturbo::gp
