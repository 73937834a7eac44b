// Exact Gaussian process of one output: posterior mean and variance with gradients, growing data.
// SPDX-License-Identifier: BSD-3-Clause
//
// y_i = mu + t(x_i) + f(x_i) + noise, f a zero-mean GP with the Matern-5/2 kernel (Rasmussen & Williams 2006, ch. 2), t
// the quadratic trend of trend.hpp, if any, about the centre of the points conditioned on. The
// constant mu is solved for from the data, with a normal prior of deviation `mean_deviation` (infinite: generalised
// least squares). Costs in multiply-adds for n points of d variables: condition n^3/6, append of m points n^2 m / 2,
// posterior mean of N points N n d, their variances N n^2 / 2. Const calls may run at the same time; nothing throws
// because of data.
#pragma once

#include <Eigen/Core>
#include <memory>

#include "exturbo/gp/matern52.hpp"
#include "exturbo/linalg/cholesky.hpp"

namespace exturbo::gp {

class GaussianProcess {
 public:
  GaussianProcess();

  /// Takes the data and factors. \param points d x n. \param targets n. On failure (see linalg::Cholesky) the object
  /// predicts the prior: mean of the targets, signal variance.
  linalg::FactorResult condition(Eigen::MatrixXd points, Eigen::VectorXd targets, Hyperparameters hyperparameters,
                                 double mean_deviation = 1);

  /// Adds points (d x m) with targets (m) under the same hyperparameters, by rows added to the factor; factors anew
  /// where those rows depend on the others.
  linalg::FactorResult append(const Eigen::MatrixXd& points, const Eigen::VectorXd& targets);

  /// Drops all but the first n points and their targets: O(n^2).
  void truncate(Eigen::Index n);

  /// Replaces all targets (n), the points staying: O(n^2).
  void set_targets(Eigen::VectorXd targets);

  /// Posterior of f + mu (without noise) at points (d x N). `variance` may be null.
  void posterior(const Eigen::Ref<const Eigen::MatrixXd>& points, Eigen::VectorXd& mean,
                 Eigen::VectorXd* variance) const;

  /// Posterior mean at x (d) and, unless null, its gradient. O(n d).
  double mean_at(const Eigen::VectorXd& x, Eigen::VectorXd* gradient) const;

  /// Posterior variance at x (d) and, unless null, its gradient. O(n^2).
  double variance_at(const Eigen::VectorXd& x, Eigen::VectorXd* gradient) const;

  Eigen::Index size() const { return points_.cols(); }
  Eigen::Index dimensions() const { return points_.rows(); }
  const Eigen::MatrixXd& points() const { return points_; }
  const Eigen::VectorXd& targets() const { return targets_; }
  const Hyperparameters& hyperparameters() const { return hyperparameters_; }
  double mean() const { return mean_; }

  /// Points minus their centre, over the length-scales (d x n): what the kernel sees.
  const Eigen::MatrixXd& scaled_points() const { return scaled_; }
  /// Other points in the same coordinates.
  Eigen::MatrixXd scale(const Eigen::Ref<const Eigen::MatrixXd>& points) const;
  const linalg::Cholesky& factor() const { return *cholesky_; }
  /// Where the trend has its origin (d).
  const Eigen::VectorXd& centre() const { return centre_; }
  /// Features of the trend at the points (2 d + 1 x n), without a trend 0 x n.
  const Eigen::MatrixXd& features() const { return features_; }
  /// Covariances of f + t between the points and others (d x N): n x N.
  Eigen::MatrixXd cross_covariance(const Eigen::Ref<const Eigen::MatrixXd>& points) const;

 private:
  /// Covariances with points given as scale() and trend_features() have them.
  Eigen::MatrixXd cross(const Eigen::MatrixXd& scaled, const Eigen::MatrixXd& features) const;
  linalg::FactorResult refactor();
  void solve_weights();

  Eigen::MatrixXd points_, scaled_;
  Eigen::VectorXd targets_, centre_;
  Hyperparameters hyperparameters_;
  std::unique_ptr<linalg::Cholesky> cholesky_;
  Eigen::VectorXd weights_;       // K^-1 (y - mu)
  Eigen::MatrixXd features_;      // of the trend: 2 d + 1 x n
  Eigen::VectorXd coefficients_;  // of the trend: features times weights
  double mean_ = 0;
  double mean_precision_ = 1;
};

}  // namespace exturbo::gp
