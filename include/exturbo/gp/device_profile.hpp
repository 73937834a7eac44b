// How fast a device does what processes ask of it, beside what it does at best.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace exturbo::gp {

/// Measured on the device at hand, for n points of d variables.
struct DeviceProfile {
  double multiply = 0;  ///< Floating-point operations a second in a product of square matrices.
  double copy = 0;      ///< Bytes a second, read and written, in a copy within its memory.
  double assemble = 0;  ///< Bytes a second, written, as the lower triangle of a covariance matrix is assembled.
  double factor = 0;    ///< Floating-point operations a second in its factorisation, n^3 / 3 of them.
};

}  // namespace exturbo::gp
