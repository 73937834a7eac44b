// Interpolation on sampled curves: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "curve.hpp"

#include <algorithm>
#include <numeric>

namespace exturbo::spice {
namespace {

/// Root of curve - level in segment i, whose ends bracket it, by bisection.
double root_in_segment(const Curve& curve, std::size_t i, double level) {
  double low = curve.x[i];
  double high = curve.x[i + 1];
  const bool rising = curve.y[i] < curve.y[i + 1];
  for (int step = 0; step < 60; ++step) {
    const double middle = 0.5 * (low + high);
    if ((curve.value(middle) < level) == rising) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return 0.5 * (low + high);
}

bool brackets(const Curve& curve, std::size_t i, double level) {
  return (curve.y[i] - level) * (curve.y[i + 1] - level) <= 0 && curve.y[i] != curve.y[i + 1];
}

}  // namespace

double Curve::value(double at) const {
  const std::size_t order = std::min<std::size_t>(4, size());
  const auto next = static_cast<std::size_t>(std::lower_bound(x.begin(), x.end(), at) - x.begin());
  std::size_t first = next < order / 2 ? 0 : next - order / 2;
  first = std::min(first, size() - order);
  double sum = 0;
  for (std::size_t i = first; i < first + order; ++i) {
    double weight = 1;
    for (std::size_t j = first; j < first + order; ++j) {
      if (j != i) weight *= (at - x[j]) / (x[i] - x[j]);
    }
    sum += weight * y[i];
  }
  return sum;
}

std::optional<double> Curve::crossing(double level, double from) const {
  for (std::size_t i = 0; i + 1 < size(); ++i) {
    if (x[i + 1] < from || !brackets(*this, i, level)) continue;
    const double root = root_in_segment(*this, i, level);
    if (root >= from) return root;
  }
  return std::nullopt;
}

std::optional<double> Curve::crossing_before(double level, double until) const {
  for (std::size_t i = size(); i-- > 1;) {
    if (x[i - 1] > until || !brackets(*this, i - 1, level)) continue;
    const double root = root_in_segment(*this, i - 1, level);
    if (root <= until) return root;
  }
  return std::nullopt;
}

Curve Curve::slopes() const {
  Curve result;
  for (std::size_t i = 0; i + 1 < size(); ++i) {
    result.x.push_back(0.5 * (x[i] + x[i + 1]));
    result.y.push_back((y[i + 1] - y[i]) / (x[i + 1] - x[i]));
  }
  return result;
}

Curve sorted_curve(const std::vector<double>& x, const std::vector<double>& y) {
  std::vector<std::size_t> order(std::min(x.size(), y.size()));
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto before = [&](std::size_t a, std::size_t b) { return x[a] < x[b]; };
  if (!std::is_sorted(order.begin(), order.end(), before)) std::stable_sort(order.begin(), order.end(), before);
  Curve curve;
  for (const std::size_t i : order) {
    if (!curve.x.empty() && !(x[i] > curve.x.back())) continue;
    curve.x.push_back(x[i]);
    curve.y.push_back(y[i]);
  }
  return curve;
}

}  // namespace exturbo::spice
