// What all covariance matrices share: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/gp/covariance.hpp"

#include <cmath>
#include <stdexcept>

#include "exturbo/gp/kernel_matrix.hpp"

namespace exturbo::gp {

Hyperparameters Hyperparameters::defaults(Eigen::Index dimensions) {
  Hyperparameters result;
  result.lengthscales = Eigen::VectorXd::Constant(dimensions, 0.5 * std::sqrt(static_cast<double>(dimensions)));
  result.noise_variance = 1e-4;
  return result;
}

Eigen::VectorXd to_log(const Hyperparameters& hyperparameters) {
  const Eigen::Index d = hyperparameters.lengthscales.size();
  const TrendVariances& trend = hyperparameters.trend;
  Eigen::VectorXd theta(d + (trend.any() ? 5 : 2));
  if (trend.any()) theta.tail<3>() << std::log(trend.linear), std::log(trend.square), std::log(trend.bowl);
  theta.head(d) = hyperparameters.lengthscales.array().log();
  theta[d] = std::log(hyperparameters.signal_variance);
  theta[d + 1] = std::log(hyperparameters.noise_variance);
  return theta;
}

Hyperparameters from_log(const Eigen::VectorXd& theta, Eigen::Index d, Kernel kernel) {
  Hyperparameters h{theta.head(d).array().exp(), std::exp(theta[d]), std::exp(theta[d + 1]), {}, kernel};
  if (theta.size() > d + 2) h.trend = {std::exp(theta[d + 2]), std::exp(theta[d + 3]), std::exp(theta[d + 4])};
  return h;
}

Eigen::VectorXd Covariance::likelihood_slopes(const Eigen::VectorXd&, const Eigen::VectorXd&) const {
  throw std::logic_error("this covariance matrix serves predictions, not fits");
}

void Covariance::sample(const Eigen::Ref<const Eigen::MatrixXd>& points, const FourierFeatures& features,
                        const Eigen::Ref<const Eigen::MatrixXd>& prior_weights,
                        const Eigen::Ref<const Eigen::MatrixXd>& weights, Eigen::MatrixXd& values) const {
  predict(points, weights, values, nullptr);
  values.noalias() +=
      features.evaluate(scale_points(points.colwise() - centre_, hyperparameters_.lengthscales)) * prior_weights;
}

void Covariance::centre_points(const Eigen::Ref<const Eigen::MatrixXd>& points) {
  centre_ = points.cols() > 0 ? Eigen::VectorXd(points.rowwise().mean()) : Eigen::VectorXd::Zero(points.rows());
  centred_ = points.colwise() - centre_;
}

}  // namespace exturbo::gp
