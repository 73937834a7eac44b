// A device that failed.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <stdexcept>

namespace exturbo::gp {

/// The device or its driver failed, which no retry mends: what it held is lost.
class DeviceError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace exturbo::gp
