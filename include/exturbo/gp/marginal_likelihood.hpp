// Log marginal likelihood of a GP and its gradient in the logarithms of the hyperparameters.
// SPDX-License-Identifier: BSD-3-Clause
//
// L = -1/2 (y - mu)^T K^-1 (y - mu) - 1/2 log det K - n/2 log(2 pi), K = kernel + noise I; the constant mean mu is the
// one that maximises it (generalised least squares), with a prior its posterior mode. Gradient by
// dL/dt = 1/2 tr((a a^T - K^-1) dK/dt), a = K^-1 (y - mu) (Rasmussen & Williams 2006, eq. 5.9); for the length-scales
// the trace is two matrix products, so that after the factorisation and the inverse (n^3/2 multiply-adds) only O(n^2 d)
// remain. One object holds its n x n work space: not thread-safe, different objects are.
#pragma once

#include <Eigen/Core>
#include <memory>
#include <optional>
#include <vector>

#include "exturbo/gp/matern52.hpp"
#include "exturbo/gp/prior.hpp"
#include "exturbo/linalg/cholesky.hpp"

namespace exturbo::gp {

/// log of (length-scales, signal variance, noise variance), with a trend also of its three variances: d + 2 or d + 5
/// entries.
Eigen::VectorXd to_log(const Hyperparameters& hyperparameters);
/// \param dimensions d.
Hyperparameters from_log(const Eigen::VectorXd& log_parameters, Eigen::Index dimensions);

class MarginalLikelihood {
 public:
  /// \param points d x n. \param targets n. \param with_trend the kernel has the quadratic trend of trend.hpp.
  MarginalLikelihood(Eigen::MatrixXd points, Eigen::VectorXd targets, bool with_trend = false);

  /// Value at the logarithms `theta` (d + 2, with a trend d + 5) and, unless null, its gradient. With `prior`, log
  /// densities of the priors are added (without their constants). Minus infinity with zero gradient where K has no
  /// factor.
  double evaluate(const Eigen::VectorXd& theta, Eigen::VectorXd* gradient, const Prior* prior = nullptr);

  /// Of the last evaluation: without prior terms.
  double log_likelihood() const { return log_likelihood_; }
  /// Of the last evaluation: the constant mean.
  double mean() const { return mean_; }
  /// Of each part of the trend: the variance over the points of its features, summed; none without a trend.
  const std::vector<double>& trend_spreads() const { return trend_spreads_; }
  Eigen::Index size() const { return targets_.size(); }
  Eigen::Index dimensions() const { return points_.rows(); }

 private:
  void likelihood_gradient(const Hyperparameters& h, const Eigen::VectorXd& theta, const Eigen::VectorXd& residual,
                           Eigen::VectorXd& gradient);

  Eigen::MatrixXd points_;  // centred, for accuracy of the distances
  Eigen::VectorXd targets_;
  std::unique_ptr<linalg::Cholesky> cholesky_;
  Eigen::MatrixXd scaled_, kernel_, slope_, inverse_;
  std::vector<Eigen::MatrixXd> trend_grams_;  // lower triangles of the features' inner products, for unit variances
  std::vector<double> trend_spreads_;
  Eigen::VectorXd alpha_;
  double log_likelihood_ = 0;
  double mean_ = 0;
};

}  // namespace exturbo::gp
