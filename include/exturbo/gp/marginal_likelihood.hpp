// Log marginal likelihood of a GP and its gradient in the logarithms of the hyperparameters.
// SPDX-License-Identifier: BSD-3-Clause
//
// L = -1/2 (y - mu)^T K^-1 (y - mu) - 1/2 log det K - n/2 log(2 pi), K = kernel + noise I; the constant mean mu is the
// one that maximises it (generalised least squares), with a prior its posterior mode. Gradient by
// dL/dt = 1/2 tr((a a^T - K^-1) dK/dt), a = K^-1 (y - mu) (Rasmussen & Williams 2006, eq. 5.9); for the length-scales
// the trace is two matrix products, so that after the factorisation and the inverse (n^3/2 multiply-adds) only O(n^2 d)
// remain. K is an exact Covariance, on the CPU or a device (compute.hpp). One object holds its work space: not
// thread-safe, different objects are.
#pragma once

#include <Eigen/Core>
#include <memory>
#include <string>
#include <vector>

#include "exturbo/gp/hyperparameters.hpp"
#include "exturbo/gp/make_covariance.hpp"
#include "exturbo/gp/prior.hpp"

namespace exturbo::gp {

class MarginalLikelihood {
 public:
  /// \param points d x n. \param targets n. \param with_trend the kernel has the quadratic trend of trend.hpp.
  /// \param covariance to work with; null: as `compute` has it.
  MarginalLikelihood(Eigen::MatrixXd points, Eigen::VectorXd targets, bool with_trend = false,
                     Kernel kernel = Kernel::kMatern52, const Compute& compute = {},
                     std::unique_ptr<Covariance> covariance = nullptr);

  /// Value at the logarithms `theta` (d + 2, with a trend d + 5) and, unless null, its gradient. With `prior`, log
  /// densities of the priors are added (without their constants). Minus infinity with zero gradient where K has no
  /// factor. \throws DeviceError, DeviceMemoryError: the likelihood is to be computed elsewhere.
  double evaluate(const Eigen::VectorXd& theta, Eigen::VectorXd* gradient, const Prior* prior = nullptr);

  /// Of the last evaluation: without prior terms.
  double log_likelihood() const { return log_likelihood_; }
  /// Of the last evaluation: the constant mean.
  double mean() const { return mean_; }
  /// Of each part of the trend: the variance over the points of its features, summed; none without a trend.
  const std::vector<double>& trend_spreads() const { return trend_spreads_; }
  Eigen::Index size() const { return targets_.size(); }
  Eigen::Index dimensions() const { return points_.rows(); }
  /// What the last factorisation has to say, as that it took jitter.
  const std::string& message() const { return message_; }

 private:
  Eigen::MatrixXd points_;
  Eigen::VectorXd targets_;
  Kernel kernel_;
  std::unique_ptr<Covariance> covariance_;
  std::vector<double> trend_spreads_;
  std::string message_;
  double log_likelihood_ = 0;
  double mean_ = 0;
};

}  // namespace exturbo::gp
