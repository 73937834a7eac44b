// The covariance matrix of a process's data, exact, on a device.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <memory>
#include <mutex>

#include "exturbo/gp/dense_covariance.hpp"
#include "kernel_system.hpp"

namespace exturbo::cuda {

class CudaCovariance final : public gp::DenseCovariance {
 public:
  void set_points(const Eigen::Ref<const Eigen::MatrixXd>& points) override;
  linalg::FactorResult factor(const gp::Hyperparameters& hyperparameters) override;
  linalg::FactorResult append(const Eigen::Ref<const Eigen::MatrixXd>& points) override;
  void truncate(Eigen::Index n) override;
  bool factored() const override { return !stale_ && system_->factored() && system_->order() == size(); }
  double jitter() const override { return system().jitter(); }
  double log_determinant() const override { return system().log_determinant(); }
  void solve_in_place(Eigen::Ref<Eigen::MatrixXd> b) const override;
  Eigen::VectorXd inverse_diagonal() const override;
  Eigen::VectorXd likelihood_slopes(const Eigen::VectorXd& residual, const Eigen::VectorXd& alpha) const override;
  void predict(const Eigen::Ref<const Eigen::MatrixXd>& points, const Eigen::Ref<const Eigen::MatrixXd>& weights,
               Eigen::MatrixXd& means, Eigen::VectorXd* reductions) const override;
  void sample(const Eigen::Ref<const Eigen::MatrixXd>& points, const gp::FourierFeatures& features,
              const Eigen::Ref<const Eigen::MatrixXd>& prior_weights, const Eigen::Ref<const Eigen::MatrixXd>& weights,
              Eigen::MatrixXd& values) const override;

 private:
  /// \throws std::logic_error before the first factor().
  KernelSystem& system() const;

  bool stale_ = true;                     // the device knows no factor of these points
  mutable std::mutex mutex_;              // const calls share the device's work space
  std::unique_ptr<KernelSystem> system_;  // opens the device: made by factor(), which tells where that fails
};

}  // namespace exturbo::cuda
