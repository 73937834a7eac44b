// Exact Gaussian process: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/gp/gaussian_process.hpp"

#include <cmath>
#include <utility>

namespace exturbo::gp {

GaussianProcess::GaussianProcess() : cholesky_(linalg::make_cholesky()) {}

linalg::FactorResult GaussianProcess::condition(Eigen::MatrixXd points, Eigen::VectorXd targets,
                                                Hyperparameters hyperparameters, double mean_deviation) {
  points_ = std::move(points);
  targets_ = std::move(targets);
  hyperparameters_ = std::move(hyperparameters);
  mean_precision_ = std::isfinite(mean_deviation) ? 1.0 / (mean_deviation * mean_deviation) : 0.0;
  centre_ = points_.cols() > 0 ? Eigen::VectorXd(points_.rowwise().mean()) : Eigen::VectorXd::Zero(points_.rows());
  scaled_ = scale(points_);
  return refactor();
}

linalg::FactorResult GaussianProcess::refactor() {
  Eigen::MatrixXd kernel;
  squared_distances_lower(scaled_, kernel);
  matern52_in_place(kernel, hyperparameters_.signal_variance);
  features_ = trend_features(points_.colwise() - centre_, hyperparameters_.trend);
  if (features_.size() > 0) kernel.selfadjointView<Eigen::Lower>().rankUpdate(features_.transpose());
  kernel.diagonal().array() += hyperparameters_.noise_variance;
  const linalg::FactorResult result = cholesky_->factor(kernel);
  solve_weights();
  return result;
}

linalg::FactorResult GaussianProcess::append(const Eigen::MatrixXd& points, const Eigen::VectorXd& targets) {
  const Eigen::Index n = size();
  const Eigen::Index m = points.cols();
  const Eigen::MatrixXd added = scale(points);
  const Eigen::MatrixXd features = trend_features(points.colwise() - centre_, hyperparameters_.trend);
  const Eigen::MatrixXd cross = this->cross(added, features);
  Eigen::MatrixXd corner = matern52(added, added, hyperparameters_.signal_variance) + features.transpose() * features;
  corner.diagonal().array() += hyperparameters_.noise_variance;
  const bool whole = cholesky_->size() == n;  // false after a failed factorisation
  points_.conservativeResize(Eigen::NoChange, n + m);
  points_.rightCols(m) = points;
  scaled_.conservativeResize(Eigen::NoChange, n + m);
  scaled_.rightCols(m) = added;
  features_.conservativeResize(Eigen::NoChange, n + m);
  features_.rightCols(m) = features;
  targets_.conservativeResize(n + m);
  targets_.tail(m) = targets;
  if (!whole) return refactor();
  linalg::FactorResult result = cholesky_->append(cross, corner);
  if (!result.ok) return refactor();
  solve_weights();
  return result;
}

void GaussianProcess::truncate(Eigen::Index n) {
  if (n >= size()) return;
  const bool whole = cholesky_->size() == size();
  points_.conservativeResize(Eigen::NoChange, n);
  scaled_.conservativeResize(Eigen::NoChange, n);
  features_.conservativeResize(Eigen::NoChange, n);
  targets_.conservativeResize(n);
  if (whole) {
    cholesky_->truncate(n);
    solve_weights();
  } else {
    refactor();
  }
}

void GaussianProcess::set_targets(Eigen::VectorXd targets) {
  targets_ = std::move(targets);
  solve_weights();
}

void GaussianProcess::solve_weights() {
  const Eigen::Index n = size();
  if (cholesky_->size() != n || n == 0) {
    mean_ = n > 0 ? targets_.mean() : 0.0;
    weights_ = Eigen::VectorXd::Zero(n);
    coefficients_ = Eigen::VectorXd::Zero(features_.rows());
    return;
  }
  Eigen::MatrixXd solved(n, 2);  // K^-1 [y, 1]
  solved.col(0) = targets_;
  solved.col(1).setOnes();
  cholesky_->solve_in_place(solved);
  mean_ = solved.col(0).sum() / (solved.col(1).sum() + mean_precision_);
  weights_ = solved.col(0) - mean_ * solved.col(1);
  coefficients_ = features_ * weights_;
}

Eigen::MatrixXd GaussianProcess::scale(const Eigen::Ref<const Eigen::MatrixXd>& points) const {
  return hyperparameters_.lengthscales.cwiseInverse().asDiagonal() * (points.colwise() - centre_);
}

Eigen::MatrixXd GaussianProcess::cross_covariance(const Eigen::Ref<const Eigen::MatrixXd>& points) const {
  return cross(scale(points), trend_features(points.colwise() - centre_, hyperparameters_.trend));
}

Eigen::MatrixXd GaussianProcess::cross(const Eigen::MatrixXd& scaled, const Eigen::MatrixXd& features) const {
  Eigen::MatrixXd result = matern52(scaled_, scaled, hyperparameters_.signal_variance);
  if (features.size() > 0) result.noalias() += features_.transpose() * features;
  return result;
}

void GaussianProcess::posterior(const Eigen::Ref<const Eigen::MatrixXd>& points, Eigen::VectorXd& mean,
                                Eigen::VectorXd* variance) const {
  if (variance != nullptr) variance->setConstant(points.cols(), hyperparameters_.signal_variance);
  if (size() == 0) {
    mean.setConstant(points.cols(), mean_);
    return;
  }
  const Eigen::MatrixXd features = trend_features(points.colwise() - centre_, hyperparameters_.trend);
  Eigen::MatrixXd cross = this->cross(scale(points), features);
  mean = (cross.transpose() * weights_).array() + mean_;
  if (variance == nullptr) return;
  *variance += features.colwise().squaredNorm().transpose();
  if (cholesky_->size() != size()) return;
  cholesky_->solve_lower_in_place(cross);
  *variance = (variance->array() - cross.colwise().squaredNorm().transpose().array()).max(0.0);
}

double GaussianProcess::mean_at(const Eigen::VectorXd& x, Eigen::VectorXd* gradient) const {
  if (size() == 0) {
    if (gradient != nullptr) gradient->setZero(dimensions());
    return mean_;
  }
  const Eigen::VectorXd u = x - centre_;
  const Eigen::VectorXd z = u.cwiseQuotient(hyperparameters_.lengthscales);
  const Eigen::ArrayXd r2 = (scaled_.colwise() - z).colwise().squaredNorm().transpose();
  const Eigen::ArrayXd a = (5.0 * r2).sqrt();
  const Eigen::ArrayXd decay = hyperparameters_.signal_variance * (-a).exp() * weights_.array();
  if (gradient != nullptr) {
    const Eigen::VectorXd g = (5.0 / 3.0) * (1.0 + a) * decay;  // minus the slope along (z - z_i)
    *gradient = (scaled_ * g - g.sum() * z).cwiseQuotient(hyperparameters_.lengthscales);
  }
  return mean_ + trend_at(u, coefficients_, hyperparameters_.trend, gradient) +
         ((1.0 + a + (5.0 / 3.0) * r2) * decay).sum();
}

double GaussianProcess::variance_at(const Eigen::VectorXd& x, Eigen::VectorXd* gradient) const {
  const Hyperparameters& h = hyperparameters_;
  if (gradient != nullptr) gradient->setZero(dimensions());
  if (size() == 0) return h.signal_variance;
  const Eigen::VectorXd u = x - centre_;
  const double prior = h.signal_variance + trend_variance(u, h.trend, gradient);
  if (cholesky_->size() != size()) return prior;
  const Eigen::VectorXd z = u.cwiseQuotient(h.lengthscales);
  const Eigen::ArrayXd r2 = (scaled_.colwise() - z).colwise().squaredNorm().transpose();
  const Eigen::ArrayXd a = (5.0 * r2).sqrt();
  const Eigen::ArrayXd decay = h.signal_variance * (-a).exp();
  Eigen::VectorXd k = (1.0 + a + (5.0 / 3.0) * r2) * decay;
  if (features_.size() > 0) k.noalias() += features_.transpose() * trend_features(u, h.trend);
  Eigen::VectorXd solved = k;
  if (gradient == nullptr) {
    cholesky_->solve_lower_in_place(solved);
    return std::max(0.0, prior - solved.squaredNorm());
  }
  cholesky_->solve_in_place(solved);
  const Eigen::VectorXd g = -2.0 * (5.0 / 3.0) * (1.0 + a) * decay * solved.array();
  *gradient += (scaled_ * g - g.sum() * z).cwiseQuotient(h.lengthscales);
  const Eigen::VectorXd slopes = -2.0 * (features_ * solved);
  trend_at(u, slopes, h.trend, gradient);
  return std::max(0.0, prior - k.dot(solved));
}

}  // namespace exturbo::gp
