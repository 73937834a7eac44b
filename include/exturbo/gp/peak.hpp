// What a device reaches at best.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace exturbo::gp {

/// Measured on the device at hand.
struct Peak {
  double multiply = 0;  ///< Floating-point operations a second in a matrix product of doubles.
  double copy = 0;      ///< Bytes a second, read and written, in a copy within its memory.
};

}  // namespace exturbo::gp
