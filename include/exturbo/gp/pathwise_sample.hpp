// A sample function of a GP posterior by Matheron's rule (pathwise conditioning, Wilson et al. 2020).
// SPDX-License-Identifier: BSD-3-Clause
//
// sample(x) = mu + f(x) + k(x, X) K^-1 (y - mu - f(X) - e), f a draw of the prior by random Fourier features, plus the
// trend with drawn coefficients, e a draw of the noise. With a `temperature` t the deviation from the posterior mean is
// t times that: 0 gives the mean itself. One sample costs O(n^2) to draw and O(n + m) d per point and output to
// evaluate, at any number of points and with gradients: the function is the same wherever it is asked. The draw ignores
// the uncertainty of the constant mean. Holds pointers to the process and the features, which must outlive it
// unchanged. Const calls are thread-safe.
#pragma once

#include <Eigen/Core>

#include "exturbo/core/random.hpp"
#include "exturbo/gp/fourier_features.hpp"
#include "exturbo/gp/gaussian_process.hpp"

namespace exturbo::gp {

class PathwiseSample {
 public:
  PathwiseSample(const GaussianProcess& process, const FourierFeatures& features, core::RandomStream& stream,
                 double temperature = 1);

  /// Values at points (d x N).
  Eigen::VectorXd evaluate(const Eigen::Ref<const Eigen::MatrixXd>& points) const;
  /// Value at x (d) and, unless null, the gradient.
  double at(const Eigen::VectorXd& x, Eigen::VectorXd* gradient) const;

 private:
  /// Points in the kernel's coordinates.
  Eigen::MatrixXd scaled(const Eigen::Ref<const Eigen::MatrixXd>& points) const;

  const GaussianProcess* process_;
  const FourierFeatures* features_;
  Eigen::VectorXd prior_weights_;       // m, times the signal deviation
  Eigen::VectorXd update_weights_;      // of y - mu - f(X) - e
  Eigen::VectorXd trend_coefficients_;  // of the prior's draw: 2 d + 1, or none
};

}  // namespace exturbo::gp
