// Pathwise posterior samples: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/gp/pathwise_sample.hpp"

#include <cmath>

#include "exturbo/gp/kernel_matrix.hpp"
#include "exturbo/gp/trend.hpp"

namespace exturbo::gp {

PathwiseSample::PathwiseSample(const GaussianProcess& process, const FourierFeatures& features,
                               core::RandomStream& stream, double temperature)
    : process_(&process), features_(&features), prior_weights_(features.size()) {
  const Hyperparameters& h = process.hyperparameters();
  const double deviation = temperature * std::sqrt(h.signal_variance);
  for (double& weight : prior_weights_) weight = deviation * stream.normal();
  if (!process.conditioned()) return;
  const Covariance& covariance = process.covariance();
  const double noise = temperature * std::sqrt(h.noise_variance + covariance.jitter());
  Eigen::VectorXd residual = process.targets().array() - process.mean();
  residual -= features.evaluate(scaled(process.points())) * prior_weights_;
  const Eigen::MatrixXd trend = trend_features(process.points().colwise() - covariance.centre(), h.trend);
  trend_coefficients_.resize(trend.rows());
  for (double& c : trend_coefficients_) c = temperature * stream.normal();
  if (trend.rows() > 0) residual -= trend.transpose() * trend_coefficients_;
  for (double& r : residual) r -= noise * stream.normal();
  update_weights_ = covariance.weights(residual);
}

Eigen::MatrixXd PathwiseSample::scaled(const Eigen::Ref<const Eigen::MatrixXd>& points) const {
  const Eigen::VectorXd& lengthscales = process_->hyperparameters().lengthscales;
  if (!process_->conditioned()) return scale_points(points, lengthscales);
  return scale_points(points.colwise() - process_->covariance().centre(), lengthscales);
}

Eigen::VectorXd PathwiseSample::evaluate(const Eigen::Ref<const Eigen::MatrixXd>& points) const {
  if (!process_->conditioned())
    return (features_->evaluate(scaled(points)) * prior_weights_).array() + process_->mean();
  const Covariance& covariance = process_->covariance();
  Eigen::MatrixXd values;
  covariance.sample(points, *features_, prior_weights_, update_weights_, values);
  if (trend_coefficients_.size() > 0) {
    values.noalias() +=
        trend_features(points.colwise() - covariance.centre(), process_->hyperparameters().trend).transpose() *
        trend_coefficients_;
  }
  return values.col(0).array() + process_->mean();
}

double PathwiseSample::at(const Eigen::VectorXd& x, Eigen::VectorXd* gradient) const {
  const Hyperparameters& h = process_->hyperparameters();
  Eigen::VectorXd slope = Eigen::VectorXd::Zero(x.size());
  double value =
      process_->mean() + features_->dot_at(scaled(x), prior_weights_, gradient != nullptr ? &slope : nullptr);
  if (gradient != nullptr) *gradient = slope.cwiseQuotient(h.lengthscales);
  if (!process_->conditioned()) return value;
  value += process_->covariance().predict_at(x, update_weights_, gradient != nullptr ? &slope : nullptr);
  if (gradient != nullptr) *gradient += slope;
  return value + trend_at(x - process_->covariance().centre(), trend_coefficients_, h.trend, gradient);
}

}  // namespace exturbo::gp
