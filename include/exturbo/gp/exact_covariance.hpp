// The covariance matrix of a process's data, dense, by Eigen on the CPU with one thread.
// SPDX-License-Identifier: BSD-3-Clause
//
// Costs in multiply-adds for n points of d variables: factor n^3/6, slopes n^3/3 and O(n^2 d), append of m points
// n^2 m / 2, predict at N points N n d, with reductions N n^2 / 2. Memory: n^2 doubles, after slopes three times that,
// and six times for fits with a trend.
#pragma once

#include <memory>
#include <vector>

#include "exturbo/gp/dense_covariance.hpp"

namespace exturbo::gp {

class ExactCovariance final : public DenseCovariance {
 public:
  /// \param for_fits inner products of the trend's features are kept, for many sets of hyperparameters of the same
  /// points.
  explicit ExactCovariance(bool for_fits);

  void set_points(const Eigen::Ref<const Eigen::MatrixXd>& points) override;
  linalg::FactorResult factor(const Hyperparameters& hyperparameters) override;
  linalg::FactorResult append(const Eigen::Ref<const Eigen::MatrixXd>& points) override;
  void truncate(Eigen::Index n) override;
  bool factored() const override { return size() > 0 && cholesky_->size() == size(); }
  double jitter() const override { return cholesky_->jitter(); }
  double log_determinant() const override { return cholesky_->log_determinant(); }
  void solve_in_place(Eigen::Ref<Eigen::MatrixXd> b) const override { cholesky_->solve_in_place(b); }
  Eigen::VectorXd inverse_diagonal() const override;
  Eigen::VectorXd likelihood_slopes(const Eigen::VectorXd& residual, const Eigen::VectorXd& alpha) const override;
  void predict(const Eigen::Ref<const Eigen::MatrixXd>& points, const Eigen::Ref<const Eigen::MatrixXd>& weights,
               Eigen::MatrixXd& means, Eigen::VectorXd* reductions) const override;

 protected:
  double quadratic_form(Eigen::VectorXd k) const override;

 private:
  void keep_grams();
  /// Covariances of f + t between the points and others (d x N): n x N.
  Eigen::MatrixXd cross(const Eigen::Ref<const Eigen::MatrixXd>& points) const;

  bool for_fits_;
  std::unique_ptr<linalg::Cholesky> cholesky_;
  Eigen::MatrixXd kernel_, slope_;            // slope_: for fits
  std::vector<Eigen::MatrixXd> trend_grams_;  // for fits: lower triangles, for unit variances
};

}  // namespace exturbo::gp
