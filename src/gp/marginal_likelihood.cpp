// Log marginal likelihood: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/gp/marginal_likelihood.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

#include "exturbo/gp/device_error.hpp"

namespace exturbo::gp {
namespace {

/// Adds the log density of a normal in the logarithm, without its constant, and its slope.
double add_prior(const LogNormal& prior, double log_value, double* slope) {
  const double z = (log_value - prior.mean) / prior.deviation;
  if (slope != nullptr) *slope -= z / prior.deviation;
  return -0.5 * z * z;
}

/// Common level and spread around it; adds the slopes to `slopes` (d) unless null.
double lengthscale_prior(const Prior& prior, const Eigen::VectorXd& logs, double* slopes) {
  const double d = static_cast<double>(logs.size());
  const double level = logs.mean();
  const double z = (level - prior.lengthscale.mean) / prior.lengthscale.deviation;
  const Eigen::ArrayXd w = (logs.array() - level) / prior.lengthscale_spread;
  if (slopes != nullptr) {
    // The level's own slope through w cancels: the w sum to zero.
    Eigen::Map<Eigen::ArrayXd>(slopes, logs.size()) -=
        z / (prior.lengthscale.deviation * d) + w / prior.lengthscale_spread;
  }
  return -0.5 * z * z - 0.5 * w.square().sum();
}

}  // namespace

Prior Prior::defaults(Eigen::Index dimensions) {
  const double d = static_cast<double>(dimensions);
  Prior prior;
  prior.lengthscale = {0.5 * std::log(d), 1.0};
  prior.lengthscale_spread = 0.4;
  prior.signal_variance = {std::log(2.0), 2.0};
  prior.noise_variance = {std::log(1e-5), 4.0};
  prior.trend = {std::log(0.1), 2.0};
  prior.mean_deviation = 1;
  return prior;
}

MarginalLikelihood::MarginalLikelihood(Eigen::MatrixXd points, Eigen::VectorXd targets, bool with_trend, Kernel kernel,
                                       const Compute& compute, std::unique_ptr<Covariance> covariance)
    : points_(std::move(points)),
      targets_(std::move(targets)),
      kernel_(kernel),
      covariance_(std::move(covariance)) {
  if (!covariance_) covariance_ = make_covariance(compute, Purpose::kFit, targets_.size());
  covariance_->set_points(points_);
  if (!with_trend) return;
  for (const Eigen::MatrixXd& features : trend_parts(points_.colwise() - covariance_->centre())) {
    const Eigen::VectorXd means = features.rowwise().mean();
    const double spread = (features.colwise() - means).squaredNorm() / static_cast<double>(size());
    trend_spreads_.push_back(std::max(spread, 1e-300));
  }
}

double MarginalLikelihood::evaluate(const Eigen::VectorXd& theta, Eigen::VectorXd* gradient, const Prior* prior) {
  const Eigen::Index n = size();
  const Eigen::Index d = dimensions();
  if (gradient != nullptr) gradient->setZero(theta.size());
  const linalg::FactorResult factored = covariance_->factor(from_log(theta, d, kernel_));
  message_ = factored.message;
  if (factored.out_of_memory) throw DeviceMemoryError(message_);
  if (!factored.ok) {
    log_likelihood_ = -std::numeric_limits<double>::infinity();
    return log_likelihood_;
  }
  Eigen::MatrixXd solved(n, 2);  // K^-1 [y, 1]
  solved.col(0) = targets_;
  solved.col(1).setOnes();
  covariance_->solve_in_place(solved);
  const double precision = prior != nullptr ? 1.0 / (prior->mean_deviation * prior->mean_deviation) : 0.0;
  mean_ = solved.col(0).sum() / (solved.col(1).sum() + precision);
  const Eigen::VectorXd alpha = solved.col(0) - mean_ * solved.col(1);
  const Eigen::VectorXd residual = targets_.array() - mean_;
  log_likelihood_ = -0.5 * residual.dot(alpha) - 0.5 * covariance_->log_determinant() -
                    0.5 * static_cast<double>(n) * std::log(2 * std::numbers::pi);
  if (gradient != nullptr) *gradient = covariance_->likelihood_slopes(residual, alpha);
  double value = log_likelihood_;
  if (prior != nullptr) {
    double* slopes = gradient != nullptr ? gradient->data() : nullptr;
    value += lengthscale_prior(*prior, theta.head(d), slopes);
    value += add_prior(prior->signal_variance, theta[d], slopes != nullptr ? slopes + d : nullptr);
    value += add_prior(prior->noise_variance, theta[d + 1], slopes != nullptr ? slopes + d + 1 : nullptr);
    value -= 0.5 * precision * mean_ * mean_;
    for (std::size_t k = 0; k < trend_spreads_.size(); ++k) {
      const Eigen::Index at = d + 2 + static_cast<Eigen::Index>(k);
      value +=
          add_prior(prior->trend, theta[at] + std::log(trend_spreads_[k]), slopes != nullptr ? slopes + at : nullptr);
    }
  }
  return value;
}

}  // namespace exturbo::gp
