// Chooses a covariance matrix's sibling: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/gp/make_covariance.hpp"

#include "exturbo/gp/accelerator.hpp"
#include "exturbo/gp/exact_covariance.hpp"
#include "exturbo/gp/vecchia_covariance.hpp"

namespace exturbo::gp {
namespace {

/// The device that is to compute n points; null: the CPU.
Accelerator* device_for(const Compute& compute, Eigen::Index n) {
  if (compute.device == Device::kCpu || (compute.device == Device::kAuto && n < kCudaFrom)) return nullptr;
  return accelerator();
}

}  // namespace

std::unique_ptr<Covariance> make_covariance(const Compute& compute, Purpose purpose, Eigen::Index n) {
  if (Accelerator* const device = device_for(compute, n)) return device->make_covariance();
  if (n > compute.exact_points) return std::make_unique<VecchiaCovariance>(compute.neighbours);
  return std::make_unique<ExactCovariance>(purpose == Purpose::kFit);
}

std::unique_ptr<Covariance> on_cpu(const Eigen::MatrixXd& points, Compute& compute, Purpose purpose) {
  compute.device = Device::kCpu;
  std::unique_ptr<Covariance> covariance = make_covariance(compute, purpose, points.cols());
  covariance->set_points(points);
  return covariance;
}

linalg::FactorResult factor(std::unique_ptr<Covariance>& covariance, const Eigen::MatrixXd& points,
                            const Hyperparameters& hyperparameters, Compute& compute, Purpose purpose) {
  linalg::FactorResult result;
  try {
    result = covariance->factor(hyperparameters);
  } catch (const DeviceError& error) {
    retire_accelerator(error.what());
    result.out_of_memory = true;
    result.message = error.what();
  }
  if (!result.out_of_memory) return result;
  note_left_device(result.message);
  covariance = on_cpu(points, compute, purpose);
  linalg::FactorResult instead = covariance->factor(hyperparameters);
  instead.message = result.message + "; computed on the CPU" + (instead.message.empty() ? "" : "; " + instead.message);
  return instead;
}

}  // namespace exturbo::gp
