// Transforms of outputs: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "output_transform.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace exturbo::bo {
namespace {

constexpr double kLowest = -2;  // the incumbent lies at -1

double quantile(std::vector<double> values, double share) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

}  // namespace

double bilog(double x) { return std::copysign(std::log1p(std::abs(x)), x); }

std::vector<double> transform_constraint(const std::vector<double>& slacks, double scale, Transform transform) {
  std::vector<double> result;
  std::vector<double> violated;
  for (const double c : slacks) {
    const double g = transform == Transform::kLinear ? c / scale : bilog(c / scale);
    result.push_back(g);
    if (std::isfinite(g) && g > 0) violated.push_back(g);
  }
  double missed = bilog(1.0);
  if (!violated.empty()) missed = std::max(missed, quantile(violated, 0.9));
  for (double& g : result) {
    if (!std::isfinite(g)) g = missed;
  }
  return result;
}

std::vector<double> transform_objective(const std::vector<double>& values, double reference, Transform transform) {
  std::vector<double> result = values;
  if (transform == Transform::kLinear) return result;
  const auto usable = [](double v) { return std::isfinite(v); };
  const bool positive = std::all_of(values.begin(), values.end(), [&](double v) { return !usable(v) || v > 0; });
  if (transform == Transform::kLog && positive && reference > 0) {
    for (double& v : result) v = std::log(v);
    reference = std::log(reference);
  }
  std::vector<double> finite;
  std::copy_if(result.begin(), result.end(), std::back_inserter(finite), usable);
  if (finite.empty()) return result;
  if (!usable(reference)) reference = quantile(finite, 0);
  const double upper = quantile(finite, 0.75);
  double scale = std::abs(upper - reference);
  if (!(scale > 0)) scale = std::max(quantile(finite, 1) - quantile(finite, 0), 1e-300);
  for (double& v : result) {
    if (!usable(v)) continue;
    const double z = (v - upper) / scale;
    v = z > 0 ? std::log1p(z) : z < kLowest ? kLowest - std::log1p(kLowest - z) : z;
  }
  return result;
}

}  // namespace exturbo::bo
