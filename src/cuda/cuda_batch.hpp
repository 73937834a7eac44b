// Likelihoods of several processes of the same points, side by side on a device.
// SPDX-License-Identifier: BSD-3-Clause
//
// Each process has a system of its own, whose work is begun for all before the first is waited for: matrices of a few
// hundred points leave most of a device idle.
#pragma once

#include <memory>
#include <vector>

#include "exturbo/gp/accelerator.hpp"
#include "kernel_system.hpp"

namespace exturbo::cuda {

/// A process for which the device has no room says out_of_memory. \throws gp::DeviceError where it fails.
class CudaBatch final : public gp::LikelihoodBatch {
 public:
  explicit CudaBatch(const Eigen::Ref<const Eigen::MatrixXd>& points);

  std::vector<Terms> factor(const std::vector<const gp::Hyperparameters*>& active,
                            const Eigen::Ref<const Eigen::MatrixXd>& targets) override;
  std::vector<Eigen::VectorXd> slopes(const std::vector<const Eigen::VectorXd*>& residuals,
                                      const std::vector<const Eigen::VectorXd*>& alphas) override;

 private:
  Terms finish(KernelSystem& system, const Eigen::VectorXd& targets) const;

  Eigen::MatrixXd centred_;
  std::vector<std::unique_ptr<KernelSystem>> systems_;
};

}  // namespace exturbo::cuda
