// Measures a device.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "exturbo/gp/device_profile.hpp"

namespace exturbo::cuda {

/// For n points of d variables. Zeros where the device has no room for them. \throws gp::DeviceError.
gp::DeviceProfile measure_profile(int n, int d);

}  // namespace exturbo::cuda
