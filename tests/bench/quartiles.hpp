// The median and the quartiles of some numbers, for the tables of the benches.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace exturbo::bench {

/// The `share` quantile, linear between order statistics (type 7 of Hyndman & Fan 1996); not a number if there is none.
/// Values may be infinite: a run that never came there.
inline double quantile(std::vector<double> values, double share) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::sort(values.begin(), values.end());
  const double place = share * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const double rest = place - std::floor(place);
  // Infinity times 0 is not a number.
  if (rest == 0 || values[below] == values[below + 1]) return values[below];
  return (1 - rest) * values[below] + rest * values[below + 1];
}

inline double median(std::vector<double> values) { return quantile(std::move(values), 0.5); }

}  // namespace exturbo::bench
