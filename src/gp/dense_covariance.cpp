// What exact covariance matrices share: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/gp/dense_covariance.hpp"

#include <utility>

#include "at_point.hpp"
#include "exturbo/gp/kernel_matrix.hpp"

namespace exturbo::gp {

void DenseCovariance::describe() {
  scaled_ = scale_points(centred_, hyperparameters_.lengthscales);
  features_ = trend_features(centred_, hyperparameters_.trend);
}

Eigen::MatrixXd DenseCovariance::weights(const Eigen::Ref<const Eigen::MatrixXd>& residuals) const {
  const Eigen::Index n = size();
  Eigen::MatrixXd result(n + features_.rows(), residuals.cols());
  Eigen::MatrixXd solved = residuals;
  solve_in_place(solved);
  result.topRows(n) = solved;
  result.bottomRows(features_.rows()).noalias() = features_ * solved;
  return result;
}

double DenseCovariance::predict_at(const Eigen::VectorXd& x, const Eigen::Ref<const Eigen::VectorXd>& weights,
                                   Eigen::VectorXd* gradient) const {
  return AtPoint(hyperparameters_, scaled_, features_, x - centre_).predict(weights, gradient);
}

double DenseCovariance::reduction_at(const Eigen::VectorXd& x, Eigen::VectorXd* gradient) const {
  const AtPoint at(hyperparameters_, scaled_, features_, x - centre_);
  const Eigen::VectorXd k = at.covariances();
  if (gradient == nullptr) return quadratic_form(k);
  Eigen::VectorXd solved = k;
  solve_in_place(solved);
  *gradient = at.reduction_gradient(solved);
  return k.dot(solved);
}

double DenseCovariance::quadratic_form(Eigen::VectorXd k) const {
  Eigen::VectorXd solved = k;
  solve_in_place(solved);
  return k.dot(solved);
}

}  // namespace exturbo::gp
