// Gaussian process of one output: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/gp/gaussian_process.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "exturbo/gp/accelerator.hpp"

namespace exturbo::gp {

GaussianProcess::GaussianProcess(const Compute& compute)
    : compute_(compute), covariance_(make_covariance(compute, Purpose::kPredict, 0)) {}

linalg::FactorResult GaussianProcess::condition(Eigen::MatrixXd points, Eigen::VectorXd targets,
                                                Hyperparameters hyperparameters, double mean_deviation) {
  points_ = std::move(points);
  targets_ = std::move(targets);
  hyperparameters_ = std::move(hyperparameters);
  mean_precision_ = std::isfinite(mean_deviation) ? 1.0 / (mean_deviation * mean_deviation) : 0.0;
  return refactor();
}

linalg::FactorResult GaussianProcess::factor() {
  covariance_ = make_covariance(compute_, Purpose::kPredict, size());
  covariance_->set_points(points_);
  linalg::FactorResult result = covariance_->factor(hyperparameters_);
  if (result.out_of_memory) throw DeviceMemoryError(result.message);
  return result;
}

linalg::FactorResult GaussianProcess::refactor() {
  linalg::FactorResult result;
  try {
    result = factor();
  } catch (const DeviceError& error) {
    const std::string left = leave_device(error);
    compute_.device = Device::kCpu;
    result = factor();
    result.message = left + (result.message.empty() ? "" : "; " + result.message);
  }
  solve_weights();
  return result;
}

linalg::FactorResult GaussianProcess::append(const Eigen::MatrixXd& points, const Eigen::VectorXd& targets) {
  const Eigen::Index n = size();
  const Eigen::Index m = points.cols();
  const bool whole = conditioned();
  points_.conservativeResize(points.rows(), n + m);
  points_.rightCols(m) = points;
  targets_.conservativeResize(n + m);
  targets_.tail(m) = targets;
  if (!whole) return refactor();
  try {
    const linalg::FactorResult result = covariance_->append(points);
    if (result.ok) {
      solve_weights();
      return result;
    }
  } catch (const DeviceError& error) {
    retire_accelerator(error.what());
  }
  return refactor();
}

void GaussianProcess::truncate(Eigen::Index n) {
  if (n >= size()) return;
  const bool whole = conditioned();
  points_.conservativeResize(Eigen::NoChange, n);
  targets_.conservativeResize(n);
  if (whole) {
    covariance_->truncate(n);
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
  if (!conditioned()) {
    mean_ = size() > 0 ? targets_.mean() : 0.0;
    return;
  }
  try {
    solve_for_weights();
  } catch (const DeviceError& error) {
    retire_accelerator(error.what());
    refactor();  // on the CPU
  }
}

void GaussianProcess::solve_for_weights() {
  const Eigen::Index n = size();
  Eigen::MatrixXd solved(n, 2);  // K^-1 [y, 1]
  solved.col(0) = targets_;
  solved.col(1).setOnes();
  covariance_->solve_in_place(solved);
  mean_ = solved.col(0).sum() / (solved.col(1).sum() + mean_precision_);
  weights_ = covariance_->weights((targets_.array() - mean_).matrix());
}

void GaussianProcess::posterior(const Eigen::Ref<const Eigen::MatrixXd>& points, Eigen::VectorXd& mean,
                                Eigen::VectorXd* variance) const {
  const Eigen::Index count = points.cols();
  if (variance != nullptr) {
    variance->resize(count);
    for (Eigen::Index i = 0; i < count; ++i) (*variance)[i] = prior_variance(points.col(i), nullptr);
  }
  mean.setConstant(count, mean_);
  if (!conditioned()) return;
  Eigen::MatrixXd means;
  Eigen::VectorXd reductions;
  covariance_->predict(points, weights_, means, variance != nullptr ? &reductions : nullptr);
  mean += means.col(0);
  if (variance != nullptr) *variance = (*variance - reductions).cwiseMax(0.0);
}

double GaussianProcess::mean_at(const Eigen::VectorXd& x, Eigen::VectorXd* gradient) const {
  if (!conditioned()) {
    if (gradient != nullptr) gradient->setZero(dimensions());
    return mean_;
  }
  return mean_ + covariance_->predict_at(x, weights_, gradient);
}

double GaussianProcess::variance_at(const Eigen::VectorXd& x, Eigen::VectorXd* gradient) const {
  if (gradient != nullptr) gradient->setZero(dimensions());
  const double prior = prior_variance(x, gradient);
  if (!conditioned()) return prior;
  Eigen::VectorXd slope;
  const double reduction = covariance_->reduction_at(x, gradient != nullptr ? &slope : nullptr);
  if (gradient != nullptr) *gradient -= slope;
  return std::max(0.0, prior - reduction);
}

double GaussianProcess::prior_variance(const Eigen::VectorXd& x, Eigen::VectorXd* gradient) const {
  const Hyperparameters& h = hyperparameters_;
  if (size() == 0 || !h.trend.any()) return h.signal_variance;
  return h.signal_variance + trend_variance(x - covariance_->centre(), h.trend, gradient);
}

}  // namespace exturbo::gp
