// The square of a number, as formulas write it.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace exturbo::bench {

inline double square(double v) { return v * v; }

}  // namespace exturbo::bench
