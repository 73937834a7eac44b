// A device that failed, or has no room.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <stdexcept>

namespace exturbo::gp {

/// The device or its driver failed, which no retry mends: what it held is lost.
class DeviceError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Its memory does not suffice for what was asked; it serves for less.
class DeviceMemoryError : public DeviceError {
 public:
  using DeviceError::DeviceError;
};

}  // namespace exturbo::gp
