// A process of given data at one point, by sums over the data on the host: O(n d).
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <Eigen/Core>

#include "exturbo/gp/hyperparameters.hpp"

namespace exturbo::gp {

class AtPoint {
 public:
  /// \param scaled the data minus their centre, over the length-scales (d x n).
  /// \param features of their trend (2 d + 1 x n or 0 x n). All must outlive it.
  /// \param u the point minus the centre (d).
  AtPoint(const Hyperparameters& hyperparameters, const Eigen::MatrixXd& scaled, const Eigen::MatrixXd& features,
          const Eigen::VectorXd& u);

  /// As Covariance::predict_at(), for weights of the data and then of the trend's features.
  double predict(const Eigen::Ref<const Eigen::VectorXd>& weights, Eigen::VectorXd* gradient) const;
  /// Covariances with the data (n).
  Eigen::VectorXd covariances() const;
  /// Gradient (d) of k^T K^-1 k. \param solved K^-1 k (n).
  Eigen::VectorXd reduction_gradient(const Eigen::VectorXd& solved) const;

 private:
  /// Sum of weights times the kernel's slopes, towards the point.
  Eigen::VectorXd kernel_gradient(const Eigen::ArrayXd& weights) const;

  const Hyperparameters& h_;
  const Eigen::MatrixXd& scaled_;
  const Eigen::MatrixXd& features_;
  Eigen::VectorXd u_, z_;
  KernelAt<Eigen::ArrayXd> kernel_;
};

}  // namespace exturbo::gp
