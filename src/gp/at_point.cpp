// A process at one point: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "at_point.hpp"

namespace exturbo::gp {

AtPoint::AtPoint(const Hyperparameters& hyperparameters, const Eigen::MatrixXd& scaled, const Eigen::MatrixXd& features,
                 const Eigen::VectorXd& u)
    : h_(hyperparameters),
      scaled_(scaled),
      features_(features),
      u_(u),
      z_(u.cwiseQuotient(hyperparameters.lengthscales)),
      kernel_(hyperparameters.kernel, Eigen::ArrayXd((scaled.colwise() - z_).colwise().squaredNorm().transpose())) {}

Eigen::VectorXd AtPoint::kernel_gradient(const Eigen::ArrayXd& weights) const {
  const Eigen::VectorXd g = kernel_.slope() * weights;  // minus the slope along (z - z_i)
  return (scaled_ * g - g.sum() * z_).cwiseQuotient(h_.lengthscales);
}

double AtPoint::predict(const Eigen::Ref<const Eigen::VectorXd>& weights, Eigen::VectorXd* gradient) const {
  const Eigen::ArrayXd of_data = h_.signal_variance * weights.head(scaled_.cols()).array();
  if (gradient != nullptr) *gradient = kernel_gradient(of_data);
  return trend_at(u_, weights.tail(features_.rows()), h_.trend, gradient) + (kernel_.value() * of_data).sum();
}

Eigen::VectorXd AtPoint::covariances() const {
  Eigen::VectorXd k = h_.signal_variance * kernel_.value();
  if (features_.size() > 0) k.noalias() += features_.transpose() * trend_features(u_, h_.trend);
  return k;
}

Eigen::VectorXd AtPoint::reduction_gradient(const Eigen::VectorXd& solved) const {
  Eigen::VectorXd gradient = kernel_gradient(2.0 * h_.signal_variance * solved.array());
  const Eigen::VectorXd slopes = 2.0 * (features_ * solved);
  trend_at(u_, slopes, h_.trend, &gradient);
  return gradient;
}

}  // namespace exturbo::gp
