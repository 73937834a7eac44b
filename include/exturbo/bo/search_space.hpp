// The box of variables that is searched, and its maps to and from the unit cube.
// SPDX-License-Identifier: BSD-3-Clause
//
// Models and trust regions live in the unit cube; the caller sees values. A value is rounded to its variable's grid
// (or to an integer) and kept inside the bounds, and the point told to the model is the rounded one:
// to_unit(to_values(u)) is a fixed point of round_unit(). Immutable, hence safe to share between threads.
#pragma once

#include <string>
#include <vector>

namespace exturbo::bo {

/// How a variable is spread over the unit interval.
enum class Scale {
  kLinear,  ///< value = lower + u * (upper - lower)
  kLog,     ///< value = lower * (upper / lower)^u; needs 0 < lower
};

/// One variable. Values are in whatever unit the caller likes.
struct Dimension {
  std::string name;
  double lower = 0;
  double upper = 1;
  Scale scale = Scale::kLinear;
  double grid = 0;       ///< Step of the value, multiples counted from zero; 0: continuous.
  bool integer = false;  ///< Same as grid 1.
};

class SearchSpace {
 public:
  /// \throws core::InputError (file "search space", place the variable's name) with all faults: no variables, bounds
  /// that are not finite or not lower < upper, log scale with lower <= 0, negative grid, no grid point inside the
  /// bounds.
  explicit SearchSpace(std::vector<Dimension> dimensions);

  int size() const noexcept { return static_cast<int>(dimensions_.size()); }
  const std::vector<Dimension>& dimensions() const noexcept { return dimensions_; }

  /// Values of a point of the unit cube, rounded to the grid; coordinates outside [0, 1] are clipped.
  std::vector<double> to_values(const std::vector<double>& unit) const;

  /// The same without rounding or clipping, for the neighbourhood of a point.
  std::vector<double> exact_values(const std::vector<double>& unit) const;

  /// Unit-cube coordinates of values, without rounding; values outside the bounds are clipped, NaN becomes 0.5.
  std::vector<double> to_unit(const std::vector<double>& values) const;

  /// The unit point of the rounded values: to_unit(to_values(unit)).
  std::vector<double> round_unit(const std::vector<double>& unit) const;

  /// Values rounded to the grid and clipped to the bounds.
  std::vector<double> round_values(const std::vector<double>& values) const;

  /// Step of variable `i`: its grid, or 1 of an integer; 0 where it is continuous.
  double step(int i) const;
  /// True where variable `i` has a grid or is an integer.
  bool is_discrete(int i) const { return step(i) > 0; }

 private:
  double round_value(int i, double value) const;

  std::vector<Dimension> dimensions_;
};

}  // namespace exturbo::bo
