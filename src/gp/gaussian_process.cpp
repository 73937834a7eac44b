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
  kernel.diagonal().array() += hyperparameters_.noise_variance;
  const linalg::FactorResult result = cholesky_->factor(kernel);
  solve_weights();
  return result;
}

linalg::FactorResult GaussianProcess::append(const Eigen::MatrixXd& points, const Eigen::VectorXd& targets) {
  const Eigen::Index n = size();
  const Eigen::Index m = points.cols();
  const Eigen::MatrixXd added = scale(points);
  const Eigen::MatrixXd cross = matern52(scaled_, added, hyperparameters_.signal_variance);
  Eigen::MatrixXd corner = matern52(added, added, hyperparameters_.signal_variance);
  corner.diagonal().array() += hyperparameters_.noise_variance;
  const bool whole = cholesky_->size() == n;  // false after a failed factorisation
  points_.conservativeResize(Eigen::NoChange, n + m);
  points_.rightCols(m) = points;
  scaled_.conservativeResize(Eigen::NoChange, n + m);
  scaled_.rightCols(m) = added;
  targets_.conservativeResize(n + m);
  targets_.tail(m) = targets;
  if (!whole) return refactor();
  linalg::FactorResult result = cholesky_->append(cross, corner);
  if (!result.ok) return refactor();
  solve_weights();
  return result;
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
    return;
  }
  Eigen::MatrixXd solved(n, 2);  // K^-1 [y, 1]
  solved.col(0) = targets_;
  solved.col(1).setOnes();
  cholesky_->solve_in_place(solved);
  mean_ = solved.col(0).sum() / (solved.col(1).sum() + mean_precision_);
  weights_ = solved.col(0) - mean_ * solved.col(1);
}

Eigen::MatrixXd GaussianProcess::scale(const Eigen::Ref<const Eigen::MatrixXd>& points) const {
  return hyperparameters_.lengthscales.cwiseInverse().asDiagonal() * (points.colwise() - centre_);
}

void GaussianProcess::posterior(const Eigen::Ref<const Eigen::MatrixXd>& points, Eigen::VectorXd& mean,
                                Eigen::VectorXd* variance) const {
  if (size() == 0) {
    mean.setConstant(points.cols(), mean_);
    if (variance != nullptr) variance->setConstant(points.cols(), hyperparameters_.signal_variance);
    return;
  }
  Eigen::MatrixXd cross = matern52(scaled_, scale(points), hyperparameters_.signal_variance);
  mean = (cross.transpose() * weights_).array() + mean_;
  if (variance == nullptr) return;
  variance->setConstant(points.cols(), hyperparameters_.signal_variance);
  if (cholesky_->size() != size()) return;
  cholesky_->solve_lower_in_place(cross);
  *variance = (variance->array() - cross.colwise().squaredNorm().transpose().array()).max(0.0);
}

double GaussianProcess::mean_at(const Eigen::VectorXd& x, Eigen::VectorXd* gradient) const {
  if (size() == 0) {
    if (gradient != nullptr) gradient->setZero(dimensions());
    return mean_;
  }
  const Eigen::VectorXd z = (x - centre_).cwiseQuotient(hyperparameters_.lengthscales);
  const Eigen::ArrayXd r2 = (scaled_.colwise() - z).colwise().squaredNorm().transpose();
  const Eigen::ArrayXd a = (5.0 * r2).sqrt();
  const Eigen::ArrayXd decay = hyperparameters_.signal_variance * (-a).exp() * weights_.array();
  if (gradient != nullptr) {
    const Eigen::VectorXd g = (5.0 / 3.0) * (1.0 + a) * decay;  // minus the slope along (z - z_i)
    *gradient = (scaled_ * g - g.sum() * z).cwiseQuotient(hyperparameters_.lengthscales);
  }
  return mean_ + ((1.0 + a + (5.0 / 3.0) * r2) * decay).sum();
}

double GaussianProcess::variance_at(const Eigen::VectorXd& x, Eigen::VectorXd* gradient) const {
  const double s2 = hyperparameters_.signal_variance;
  if (gradient != nullptr) gradient->setZero(dimensions());
  if (cholesky_->size() != size() || size() == 0) return s2;
  const Eigen::VectorXd z = (x - centre_).cwiseQuotient(hyperparameters_.lengthscales);
  const Eigen::ArrayXd r2 = (scaled_.colwise() - z).colwise().squaredNorm().transpose();
  const Eigen::ArrayXd a = (5.0 * r2).sqrt();
  const Eigen::ArrayXd decay = s2 * (-a).exp();
  const Eigen::VectorXd k = (1.0 + a + (5.0 / 3.0) * r2) * decay;
  Eigen::VectorXd solved = k;
  if (gradient == nullptr) {
    cholesky_->solve_lower_in_place(solved);
    return std::max(0.0, s2 - solved.squaredNorm());
  }
  cholesky_->solve_in_place(solved);
  const Eigen::VectorXd g = -2.0 * (5.0 / 3.0) * (1.0 + a) * decay * solved.array();
  *gradient = (scaled_ * g - g.sum() * z).cwiseQuotient(hyperparameters_.lengthscales);
  return std::max(0.0, s2 - k.dot(solved));
}

}  // namespace exturbo::gp
