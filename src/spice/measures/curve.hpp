// Interpolation on sampled curves, as measures need it.
// SPDX-License-Identifier: BSD-3-Clause
//
// Sweeps are smooth between their points: the cubic through the four nearest points reads a 10-points-a-decade AC sweep
// to 0.001 dB, where a straight line is 0.03 dB (0.3 % of the unity-gain frequency) off.
#pragma once

#include <optional>
#include <vector>

namespace exturbo::spice {

/// Samples y over strictly increasing x, of the same length.
struct Curve {
  std::vector<double> x;
  std::vector<double> y;

  std::size_t size() const { return x.size(); }
  /// Value at `at`: the cubic through the four nearest points (fewer where there are fewer). Needs one point.
  double value(double at) const;
  /// First x at or after `from` where the curve meets `level`, or nothing.
  std::optional<double> crossing(double level, double from) const;
  /// Last x at or before `until` where the curve meets `level`, or nothing.
  std::optional<double> crossing_before(double level, double until) const;
  /// Slopes of the segments, over their midpoints.
  Curve slopes() const;
};

/// Copies the samples in increasing x, dropping those that repeat an x.
Curve sorted_curve(const std::vector<double>& x, const std::vector<double>& y);

}  // namespace exturbo::spice
