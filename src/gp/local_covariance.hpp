// The covariance matrix of a few noisy data, factored: what Vecchia's approximation is made of.
// SPDX-License-Identifier: BSD-3-Clause
//
// K_S = s2 k(Z_S, Z_S) + diagonal I for a small set S of points. One object is used for one set after another: a work
// space. k^2 d + k^3 / 6 multiply-adds and k^2 / 2 exponentials for k points.
#pragma once

#include <Eigen/Cholesky>
#include <Eigen/Core>

#include "exturbo/gp/hyperparameters.hpp"

namespace exturbo::gp {

class LocalCovariance {
 public:
  /// \param diagonal noise variance and jitter.
  LocalCovariance(const Hyperparameters& hyperparameters, double diagonal);

  /// Factors K_S of the columns `members` (k) of the scaled points (d x n). False where it is not positive definite, or
  /// so nearly that a diagonal entry of the factor has lost its digits.
  bool factor(const Eigen::MatrixXd& scaled, const Eigen::Ref<const Eigen::VectorXi>& members);

  /// The same with as much added to the diagonal as it takes, in steps of ten from 1e-10 of it.
  void factor_with_jitter(const Eigen::MatrixXd& scaled, const Eigen::Ref<const Eigen::VectorXi>& members);

  /// The regression of the last member on the others: `coefficients` (k - 1) times their values is its expectation.
  void condition_last(Eigen::Ref<Eigen::VectorXd> coefficients, double& variance) const;
  /// B <- K_S^-1 B of all members, or K^-1 B of the first ones, for B of as many rows.
  void solve_in_place(Eigen::Ref<Eigen::MatrixXd> b) const;

  /// Covariances k of f at a scaled point with the members (k), and, unless null, the factors g with which
  /// dk/dz = -g (z - z_S).
  Eigen::VectorXd cross(const Eigen::VectorXd& scaled_point, Eigen::VectorXd* factors) const;
  /// The members' scaled coordinates (d x k).
  Eigen::MatrixXd members() const { return points_.colwise() + origin_; }

 private:
  const Hyperparameters& hyperparameters_;
  double diagonal_;
  Eigen::VectorXd origin_;
  Eigen::MatrixXd points_;  // relative to the last member, for accuracy of the distances
  Eigen::MatrixXd gram_, lower_;
  Eigen::ArrayXd squared_;  // lower triangle, column by column
};

}  // namespace exturbo::gp
