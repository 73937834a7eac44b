// The covariance matrix on a device: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "cuda_covariance.hpp"

#include <stdexcept>

namespace exturbo::cuda {

void CudaCovariance::set_points(const Eigen::Ref<const Eigen::MatrixXd>& points) {
  centre_points(points);
  stale_ = true;
}

KernelSystem& CudaCovariance::system() const {
  if (system_ == nullptr) throw std::logic_error("the covariance matrix was never factored");
  return *system_;
}

linalg::FactorResult CudaCovariance::factor(const gp::Hyperparameters& hyperparameters) {
  hyperparameters_ = hyperparameters;
  describe();
  if (system_ == nullptr) system_ = std::make_unique<KernelSystem>(true);
  stale_ = false;
  system_->begin_factor(centred_, hyperparameters_);
  return system_->end_factor();
}

linalg::FactorResult CudaCovariance::append(const Eigen::Ref<const Eigen::MatrixXd>& points) {
  const Eigen::Index n = size();
  Eigen::MatrixXd all(centred_.rows(), n + points.cols());
  all << centred_, points.colwise() - centre_;
  linalg::FactorResult result;
  result.ok = factored() && system_->append(all);
  if (!result.ok) {
    result.message = "the added rows are not positive definite given the others, or have no room";
    return result;
  }
  centred_ = std::move(all);
  describe();
  result.jitter = system_->jitter();
  return result;
}

void CudaCovariance::truncate(Eigen::Index n) {
  if (n >= size()) return;
  const bool whole = factored();
  centred_.conservativeResize(Eigen::NoChange, n);
  if (!whole) return;
  describe();
  system().truncate(n);
}

void CudaCovariance::solve_in_place(Eigen::Ref<Eigen::MatrixXd> b) const {
  const std::lock_guard lock(mutex_);
  system().solve(b);
}

Eigen::VectorXd CudaCovariance::inverse_diagonal() const {
  const std::lock_guard lock(mutex_);
  return system().inverse_diagonal();
}

Eigen::VectorXd CudaCovariance::likelihood_slopes(const Eigen::VectorXd& residual, const Eigen::VectorXd& alpha) const {
  const std::lock_guard lock(mutex_);
  return system().likelihood_slopes(centred_, residual, alpha);
}

void CudaCovariance::predict(const Eigen::Ref<const Eigen::MatrixXd>& points,
                             const Eigen::Ref<const Eigen::MatrixXd>& weights, Eigen::MatrixXd& means,
                             Eigen::VectorXd* reductions) const {
  const std::lock_guard lock(mutex_);
  system().predict(points.colwise() - centre_, weights, means, reductions, nullptr, {});
}

void CudaCovariance::sample(const Eigen::Ref<const Eigen::MatrixXd>& points, const gp::FourierFeatures& features,
                            const Eigen::Ref<const Eigen::MatrixXd>& prior_weights,
                            const Eigen::Ref<const Eigen::MatrixXd>& weights, Eigen::MatrixXd& values) const {
  const std::lock_guard lock(mutex_);
  system().predict(points.colwise() - centre_, weights, values, nullptr, &features, prior_weights);
}

}  // namespace exturbo::cuda
