// Keeps a coordinate inside the unit interval.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <cmath>

namespace exturbo::bench {

/// The mirror image inside [0, 1].
inline double reflected(double u) { return std::min(std::abs(std::remainder(u, 2.0)), 1.0); }

}  // namespace exturbo::bench
