// Gaussian process of one output: posterior mean and variance with gradients, growing data.
// SPDX-License-Identifier: BSD-3-Clause
//
// y_i = mu + t(x_i) + f(x_i) + noise, f a zero-mean GP with a stationary kernel (Rasmussen & Williams 2006, ch. 2), t
// the quadratic trend of trend.hpp, if any, about the centre of the points conditioned on. The
// constant mu is solved for from the data, with a normal prior of deviation `mean_deviation` (infinite: generalised
// least squares). What is of order n^2 and more is done by a Covariance: exact on the CPU or a device, or an
// approximation (compute.hpp). Costs of the exact one in multiply-adds for n points of d variables: condition n^3/6,
// append of m points n^2 m / 2, posterior mean of N points N n d, their variances N n^2 / 2. Const calls may run at the
// same time; nothing throws because of data. Where a device fails, changes go on with the CPU, and const calls throw
// DeviceError (accelerator.hpp), after which the process is to be conditioned anew.
#pragma once

#include <Eigen/Core>
#include <memory>

#include "exturbo/gp/hyperparameters.hpp"
#include "exturbo/gp/make_covariance.hpp"

namespace exturbo::gp {

class GaussianProcess {
 public:
  explicit GaussianProcess(const Compute& compute = {});

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

  /// Whether the data enter: false without any, or where the factorisation failed.
  bool conditioned() const { return covariance_->factored() && covariance_->size() == size(); }
  const Covariance& covariance() const { return *covariance_; }

 private:
  /// \throws DeviceError, also where the device has no room.
  linalg::FactorResult factor();
  linalg::FactorResult refactor();
  /// Of f + t at x (d); adds its gradient unless null.
  double prior_variance(const Eigen::VectorXd& x, Eigen::VectorXd* gradient) const;
  void solve_weights();
  /// \throws DeviceError.
  void solve_for_weights();

  Compute compute_;
  Eigen::MatrixXd points_;
  Eigen::VectorXd targets_;
  Hyperparameters hyperparameters_;
  std::unique_ptr<Covariance> covariance_;
  Eigen::VectorXd weights_;  // of y - mu
  double mean_ = 0;
  double mean_precision_ = 1;
};

}  // namespace exturbo::gp
