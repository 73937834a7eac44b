// What exact covariance matrices share, whichever device holds them: the data on the host, and sums over them.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "exturbo/gp/covariance.hpp"

namespace exturbo::gp {

class DenseCovariance : public Covariance {
 public:
  Eigen::MatrixXd weights(const Eigen::Ref<const Eigen::MatrixXd>& residuals) const override;
  double predict_at(const Eigen::VectorXd& x, const Eigen::Ref<const Eigen::VectorXd>& weights,
                    Eigen::VectorXd* gradient) const override;
  double reduction_at(const Eigen::VectorXd& x, Eigen::VectorXd* gradient) const override;

 protected:
  /// Follows a change of points or hyperparameters: O(n d).
  void describe();
  /// k^T K^-1 k for one k (n).
  virtual double quadratic_form(Eigen::VectorXd k) const;

  Eigen::MatrixXd scaled_;    // the points over the length-scales: d x n
  Eigen::MatrixXd features_;  // of the trend: 2 d + 1 x n, or 0 x n
};

}  // namespace exturbo::gp
