// Transforms of outputs before they are modelled.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <vector>

#include "exturbo/bo/options.hpp"

namespace exturbo::bo {

/// sign(x) log(1 + |x|): linear near zero, compresses both tails (SCBO, Eriksson & Poloczek 2021).
double bilog(double x);

/// Slacks of one constraint in model units: bilog(c / scale), or c / scale for a linear hint. Entries that are not
/// finite become the 90 % quantile of the violated ones, at least bilog(1): an unmeasured spec is a missed one.
std::vector<double> transform_constraint(const std::vector<double>& slacks, double scale, Transform transform);

/// Objective in model units: z = (f - q) / |q - reference|, q the upper quartile and `reference` the incumbent's value
/// (the least value if it has none), after a logarithm for Transform::kLog where all values are positive. Beyond [-2,
/// 0] the tails are compressed by log(1 + .), so that hopeless points and infeasible bargains do not set the model's
/// scale. Monotone. Entries that are not finite stay so.
std::vector<double> transform_objective(const std::vector<double>& values, double reference, Transform transform);

}  // namespace exturbo::bo
