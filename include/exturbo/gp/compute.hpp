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
  /// On the CPU more points than these are modelled by VecchiaCovariance, an approximation. Exact models of 5,000 points
  /// take seconds a likelihood.
  Eigen::Index exact_points = 5000;
  int neighbours = 40;  ///< Of VecchiaCovariance.
};

/// The sibling for n points. One on a GPU whose memory does not suffice hands over to the CPU's and says so in the
/// message of the factorisation.
std::unique_ptr<Covariance> make_covariance(const Compute& compute, Eigen::Index n);

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
