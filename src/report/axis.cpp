// An axis of a plot: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "axis.hpp"

#include <algorithm>
#include <cmath>

namespace exturbo::report {
namespace {

std::vector<double> linear_ticks(double low, double high, int most) {
  const double rough = (high - low) / std::max(most, 1);
  const double decade = std::pow(10, std::floor(std::log10(rough)));
  double step = 10 * decade;
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * decade >= rough * (1 - 1e-9)) {
      step = factor * decade;
      break;
    }
  }
  std::vector<double> ticks;
  // Counted, not summed: 0.1 + 0.1 + 0.1 would miss 0.3.
  for (double k = std::ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; ++k)
    ticks.push_back(k == 0 ? 0 : k * step);
  return ticks;
}

std::vector<double> log_ticks(double low, double high, int most) {
  const double decades = std::log10(high / low);
  if (decades < 0.7) return linear_ticks(low, high, most);
  const int stride = std::max(1, static_cast<int>(std::ceil(decades / most)));
  const bool fine = 3 * decades <= most + 1;
  static const std::vector<double> kDense{1, 1.5, 2, 3, 5, 7}, kUsual{1, 2, 5};
  std::vector<double> ticks;
  for (int k = static_cast<int>(std::floor(std::log10(low))); k <= std::log10(high) + 1e-9; ++k) {
    if (!fine && k % stride != 0) continue;
    for (const double factor : decades <= 1 ? kDense : kUsual) {
      const double tick = factor * std::pow(10, k);
      if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9) && (factor == 1.0 || fine)) ticks.push_back(tick);
    }
  }
  return ticks;
}

}  // namespace

Axis::Axis(double low, double high, double from, double to, bool logarithmic)
    : low_(low), high_(high), from_(from), to_(to), logarithmic_(logarithmic && low > 0) {
  if (high_ - low_ > 1e-9 * std::max(std::abs(low_), std::abs(high_))) return;
  const double pad = low_ == 0 ? 1 : 0.1 * std::abs(low_);
  high_ = low_ + pad;
  low_ -= pad;
}

double Axis::pixel(double value) const {
  const double share = logarithmic_ ? std::log(std::max(value, 1e-300) / low_) / std::log(high_ / low_)
                                    : (value - low_) / (high_ - low_);
  // What lies far outside is drawn at the rim, never at coordinates that a viewer chokes on.
  return from_ + (to_ - from_) * std::clamp(share, -0.02, 1.02);
}

std::vector<double> Axis::ticks(int most) const {
  return logarithmic_ ? log_ticks(low_, high_, most) : linear_ticks(low_, high_, most);
}

}  // namespace exturbo::report
