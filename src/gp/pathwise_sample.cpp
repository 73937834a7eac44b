// Pathwise posterior samples: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/gp/pathwise_sample.hpp"

#include <cmath>

#include "exturbo/gp/trend.hpp"

namespace exturbo::gp {

PathwiseSample::PathwiseSample(const GaussianProcess& process, const FourierFeatures& features,
                               core::RandomStream& stream, double temperature)
    : process_(&process), features_(&features), prior_weights_(features.size()), update_weights_(process.size()) {
  const Hyperparameters& h = process.hyperparameters();
  const double deviation = temperature * std::sqrt(h.signal_variance);
  for (Eigen::Index i = 0; i < prior_weights_.size(); ++i) prior_weights_[i] = deviation * stream.normal();
  update_weights_.setZero();
  if (process.factor().size() != process.size() || process.size() == 0) return;
  const double noise = temperature * std::sqrt(h.noise_variance + process.factor().jitter());
  update_weights_ = process.targets().array() - process.mean();
  update_weights_ -= features.evaluate(process.scaled_points()) * prior_weights_;
  const Eigen::MatrixXd& trend = process.features();
  Eigen::VectorXd coefficients(trend.rows());
  for (double& c : coefficients) c = temperature * stream.normal();
  if (trend.rows() > 0) update_weights_ -= trend.transpose() * coefficients;
  for (Eigen::Index i = 0; i < update_weights_.size(); ++i) update_weights_[i] -= noise * stream.normal();
  process.factor().solve_in_place(update_weights_);
  trend_coefficients_ = coefficients + trend * update_weights_;
}

Eigen::VectorXd PathwiseSample::evaluate(const Eigen::Ref<const Eigen::MatrixXd>& points) const {
  const Eigen::MatrixXd scaled = process_->scale(points);
  Eigen::VectorXd values = features_->evaluate(scaled) * prior_weights_;
  if (process_->size() == 0) return values.array() + process_->mean();
  const Hyperparameters& h = process_->hyperparameters();
  values.noalias() += matern52(scaled, process_->scaled_points(), h.signal_variance) * update_weights_;
  if (trend_coefficients_.size() > 0) {
    values.noalias() +=
        trend_features(points.colwise() - process_->centre(), h.trend).transpose() * trend_coefficients_;
  }
  return values.array() + process_->mean();
}

double PathwiseSample::at(const Eigen::VectorXd& x, Eigen::VectorXd* gradient) const {
  const Eigen::VectorXd& lengthscales = process_->hyperparameters().lengthscales;
  const Eigen::MatrixXd& points = process_->scaled_points();
  const Eigen::VectorXd z = process_->scale(x);
  if (process_->size() == 0) {
    Eigen::VectorXd slope = Eigen::VectorXd::Zero(x.size());
    const double prior = features_->dot_at(z, prior_weights_, &slope);
    if (gradient != nullptr) *gradient = slope.cwiseQuotient(lengthscales);
    return process_->mean() + prior;
  }
  const Eigen::ArrayXd r2 = (points.colwise() - z).colwise().squaredNorm().transpose();
  const Eigen::ArrayXd a = (5.0 * r2).sqrt();
  const Eigen::ArrayXd decay = process_->hyperparameters().signal_variance * (-a).exp() * update_weights_.array();
  double value = process_->mean() + ((1.0 + a + (5.0 / 3.0) * r2) * decay).sum();
  if (gradient == nullptr) {
    return value + features_->dot_at(z, prior_weights_, nullptr) +
           trend_at(x - process_->centre(), trend_coefficients_, process_->hyperparameters().trend, nullptr);
  }
  const Eigen::VectorXd g = (5.0 / 3.0) * (1.0 + a) * decay;
  *gradient = points * g - g.sum() * z;
  value += features_->dot_at(z, prior_weights_, gradient);
  *gradient = gradient->cwiseQuotient(lengthscales);
  return value + trend_at(x - process_->centre(), trend_coefficients_, process_->hyperparameters().trend, gradient);
}

}  // namespace exturbo::gp
