// Where and how processes are computed.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace exturbo::gp {

enum class Device {
  kAuto,  ///< The GPU from kCudaFrom points on, where there is one.
  kCpu,
  kCuda,  ///< The GPU for any number of points.
};
const char* to_string(Device device);
/// "auto", "cpu", "cuda". \throws std::invalid_argument.
Device device(const std::string& text);

/// From so many points on `auto` takes the GPU.
constexpr int kCudaFrom = 1500;

struct Compute {
  Device device = Device::kCpu;
  /// On the CPU more points than these are modelled by VecchiaCovariance, an approximation: an exact factor takes 8 n^2
  /// bytes.
  int exact_points = 5000;
  int neighbours = 60;  ///< Of VecchiaCovariance.
};

/// Whether there is a GPU to compute on: three separate questions.
struct AcceleratorState {
  bool compiled_in = false;  ///< The plug-in is there.
  bool usable = false;       ///< It found a device that it runs on.
  std::string detail;        ///< The device's name and memory, or why there is none.
};
/// Loads the plug-in at the first call. Thread-safe.
AcceleratorState accelerator_state();

/// \throws core::EnvironmentError if kCuda is asked for and no device is usable: models would quietly use the CPU.
void require_device(const Compute& compute);

}  // namespace exturbo::gp
