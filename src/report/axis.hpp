// An axis of a plot: data to pixels, and where its ticks stand.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <vector>

namespace exturbo::report {

class Axis {
 public:
  /// Data range [low, high] onto pixels [from, to] (either way round). A range without width is widened; a log axis
  /// needs low > 0 and becomes linear otherwise.
  Axis(double low, double high, double from, double to, bool logarithmic);

  double pixel(double value) const;
  /// Round values (1, 2, 5 times a power of ten; more of them on log axes within a decade, fewer on long ones) inside
  /// the range, at most about `most`.
  std::vector<double> ticks(int most) const;

  double low() const { return low_; }
  double high() const { return high_; }
  bool logarithmic() const { return logarithmic_; }

 private:
  double low_, high_, from_, to_;
  bool logarithmic_;
};

}  // namespace exturbo::report
