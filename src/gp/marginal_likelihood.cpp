// Log marginal likelihood: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/gp/marginal_likelihood.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <numbers>
#include <utility>

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

Hyperparameters from_log(const Eigen::VectorXd& theta, Eigen::Index d) {
  Hyperparameters h{theta.head(d).array().exp(), std::exp(theta[d]), std::exp(theta[d + 1]), {}};
  if (theta.size() > d + 2) h.trend = {std::exp(theta[d + 2]), std::exp(theta[d + 3]), std::exp(theta[d + 4])};
  return h;
}

MarginalLikelihood::MarginalLikelihood(Eigen::MatrixXd points, Eigen::VectorXd targets, bool with_trend)
    : points_(std::move(points)), targets_(std::move(targets)), cholesky_(linalg::make_cholesky()) {
  if (points_.cols() > 0) points_.colwise() -= points_.rowwise().mean().eval();
  if (!with_trend) return;
  const Eigen::MatrixXd squares = points_.cwiseAbs2();
  const Eigen::MatrixXd norms = squares.colwise().sum();
  for (const Eigen::MatrixXd* features : std::initializer_list<const Eigen::MatrixXd*>{&points_, &squares, &norms}) {
    Eigen::MatrixXd gram = Eigen::MatrixXd::Zero(size(), size());
    gram.selfadjointView<Eigen::Lower>().rankUpdate(features->transpose());
    trend_grams_.push_back(std::move(gram));
    const Eigen::VectorXd means = features->rowwise().mean();
    const double spread = (features->colwise() - means).squaredNorm() / static_cast<double>(size());
    trend_spreads_.push_back(std::max(spread, 1e-300));
  }
}

double MarginalLikelihood::evaluate(const Eigen::VectorXd& theta, Eigen::VectorXd* gradient, const Prior* prior) {
  const Eigen::Index n = size();
  const Eigen::Index d = dimensions();
  const Hyperparameters h = from_log(theta, d);
  scaled_ = scale_points(points_, h.lengthscales);
  squared_distances_lower(scaled_, kernel_);
  matern52_with_slope_lower(kernel_, slope_, h.signal_variance);
  for (std::size_t k = 0; k < trend_grams_.size(); ++k) {
    const double variance = std::exp(theta[d + 2 + static_cast<Eigen::Index>(k)]);
    for (Eigen::Index j = 0; j < n; ++j) kernel_.col(j).tail(n - j) += variance * trend_grams_[k].col(j).tail(n - j);
  }
  kernel_.diagonal().array() += h.noise_variance;
  if (gradient != nullptr) gradient->setZero(theta.size());
  if (!cholesky_->factor(kernel_).ok) {
    log_likelihood_ = -std::numeric_limits<double>::infinity();
    return log_likelihood_;
  }
  Eigen::MatrixXd solved(n, 2);  // K^-1 [y, 1]
  solved.col(0) = targets_;
  solved.col(1).setOnes();
  cholesky_->solve_in_place(solved);
  const double precision = prior != nullptr ? 1.0 / (prior->mean_deviation * prior->mean_deviation) : 0.0;
  mean_ = solved.col(0).sum() / (solved.col(1).sum() + precision);
  alpha_ = solved.col(0) - mean_ * solved.col(1);
  const Eigen::VectorXd residual = targets_.array() - mean_;
  log_likelihood_ = -0.5 * residual.dot(alpha_) - 0.5 * cholesky_->log_determinant() -
                    0.5 * static_cast<double>(n) * std::log(2 * std::numbers::pi);
  if (gradient != nullptr) likelihood_gradient(h, theta, residual, *gradient);
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

void MarginalLikelihood::likelihood_gradient(const Hyperparameters& h, const Eigen::VectorXd& theta,
                                             const Eigen::VectorXd& residual, Eigen::VectorXd& gradient) {
  const Eigen::Index n = size();
  const Eigen::Index d = dimensions();
  cholesky_->inverse_lower(inverse_);
  const double trace = alpha_.squaredNorm() - inverse_.diagonal().sum();  // of W = a a^T - K^-1
  // W into inverse_, M = W * slope, element by element, into slope_; lower triangles.
  for (Eigen::Index j = 0; j < n; ++j) {
    const Eigen::Index m = n - j;
    auto column = slope_.col(j).tail(m).array();
    auto w = inverse_.col(j).tail(m).array();
    w = alpha_[j] * alpha_.tail(m).array() - w;
    column *= w;
  }
  // sum_ik M_ik (z_i - z_k)^2 = 2 sum_i z_i^2 (M 1)_i - 2 z^T M z, for each dimension.
  Eigen::MatrixXd right(n, d + 1);
  right.leftCols(d) = scaled_.transpose();
  right.col(d).setOnes();
  Eigen::MatrixXd product = slope_.selfadjointView<Eigen::Lower>() * right;
  const Eigen::VectorXd row_sums = product.col(d);
  for (Eigen::Index j = 0; j < d; ++j) {
    const auto z = right.col(j).array();
    gradient[j] = (z.square() * row_sums.array()).sum() - (z * product.col(j).array()).sum();
  }
  double trends = 0;
  for (std::size_t k = 0; k < trend_grams_.size(); ++k) {
    double half_trace = -0.5 * inverse_.diagonal().dot(trend_grams_[k].diagonal());
    for (Eigen::Index j = 0; j < n; ++j) {
      half_trace += inverse_.col(j).tail(n - j).dot(trend_grams_[k].col(j).tail(n - j));
    }
    const Eigen::Index at = d + 2 + static_cast<Eigen::Index>(k);
    gradient[at] = std::exp(theta[at]) * half_trace;
    trends += gradient[at];
  }
  // tr(W K_signal) = tr(W K) - (noise + jitter) tr(W) less the trends', and tr(W K) = a^T (y - mu) - n.
  const double diagonal = h.noise_variance + cholesky_->jitter();
  gradient[d] = 0.5 * (residual.dot(alpha_) - static_cast<double>(n) - diagonal * trace) - trends;
  gradient[d + 1] = 0.5 * h.noise_variance * trace;
}

}  // namespace exturbo::gp
