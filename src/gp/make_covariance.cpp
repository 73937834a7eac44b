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

bool on_device(const Compute& compute, Eigen::Index n) { return device_for(compute, n) != nullptr; }

std::unique_ptr<Covariance> make_covariance(const Compute& compute, Purpose purpose, Eigen::Index n) {
  if (Accelerator* const device = device_for(compute, n)) return device->make_covariance();
  if (purpose == Purpose::kFit) return std::make_unique<ExactCovariance>(true);
  if (n > compute.exact_points) return std::make_unique<VecchiaCovariance>(compute.neighbours);
  return std::make_unique<ExactCovariance>(false);
}

}  // namespace exturbo::gp
