// Statistics of samples: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/sizing/yield.hpp"

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <cmath>

namespace exturbo::sizing {

std::pair<double, double> clopper_pearson(int passed, int samples, double confidence) {
  const double tail = (1 - confidence) / 2, k = passed, n = samples;
  const double low = passed == 0 ? 0 : boost::math::quantile(boost::math::beta_distribution<>(k, n - k + 1), tail);
  const double high =
      passed == samples ? 1 : boost::math::quantile(boost::math::beta_distribution<>(k + 1, n - k), 1 - tail);
  return {low, high};
}

double quantile(const std::vector<double>& sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto low = static_cast<std::size_t>(place);
  const std::size_t high = std::min(low + 1, sorted.size() - 1);
  return sorted[low] + (place - std::floor(place)) * (sorted[high] - sorted[low]);
}

std::pair<double, double> mean_and_sigma(const std::vector<double>& values) {
  const auto count = static_cast<double>(values.size());
  double mean = 0, squares = 0;
  for (const double value : values) mean += value / count;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {mean, values.size() > 1 ? std::sqrt(squares / (count - 1)) : 0.0};
}

}  // namespace exturbo::sizing
