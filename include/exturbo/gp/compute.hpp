// Where and how a process is computed.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <Eigen/Core>
#include <memory>
#include <string>

#include "exturbo/gp/covariance.hpp"

namespace exturbo::gp {

enum class Device {
  kAuto,  ///< The GPU for as many points as it is measured to be faster for, where there is one.
  kCpu,
  kCuda,  ///< The GPU for any number of points.
};
const char* to_string(Device device);
/// "auto", "cpu", "cuda". \throws std::invalid_argument.
Device device(const std::string& text);

struct Compute {
  Device device = Device::kCpu;
  /// On the CPU more points than these are modelled by VecchiaCovariance, an approximation. Exact models of 5,000
  /// points take seconds a likelihood.
  Eigen::Index exact_points = 5000;
  int neighbours = 40;  ///< Of VecchiaCovariance.
};

/// What a covariance matrix is made for.
enum class Purpose {
  kFit,      ///< Likelihoods and their slopes for many hyperparameters of the same points.
  kPredict,  ///< Predictions for one set of hyperparameters, of growing data.
};

/// The sibling for n points.
std::unique_ptr<Covariance> make_covariance(const Compute& compute, Purpose purpose, Eigen::Index n);

/// Factors `covariance`, which has `points` (d x n). Where a device's memory does not suffice, it is replaced by the
/// CPU's sibling, `compute` stays there from then on, and the message says so.
linalg::FactorResult factor(std::unique_ptr<Covariance>& covariance, const Eigen::MatrixXd& points,
                            const Hyperparameters& hyperparameters, Compute& compute, Purpose purpose);

/// \throws core::EnvironmentError if kCuda is asked for and no device is usable: models would quietly use the CPU.
void require_device(const Compute& compute);

/// From so many points on `auto` takes the GPU.
constexpr Eigen::Index kCudaFrom = 1500;

/// Whether there is a GPU to compute on: three separate questions.
struct AcceleratorState {
  bool compiled_in = false;  ///< The plug-in is there.
  bool usable = false;       ///< It found a device that it runs on.
  std::string detail;        ///< The device's name and memory, or why there is none.
};
/// Loads the plug-in at the first call. Thread-safe.
AcceleratorState accelerator_state();

}  // namespace exturbo::gp
