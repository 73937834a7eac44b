// Transforms of outputs before they are modelled.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <vector>

#include "exturbo/bo/options.hpp"

namespace exturbo::bo {

/// sign(x) log(1 + |x|): linear near zero, compresses both tails (SCBO, Eriksson & Poloczek 2021).
double bilog(double x);

/// Slacks of one constraint in model units: bilog(c / scale), or c / scale for a linear hint. Entries that are not finite
/// become the 90 % quantile of the violated ones, at least bilog(1): an unmeasured spec is a missed one.
std::vector<double> transform_constraint(const std::vector<double>& slacks, double scale, Transform transform);

/// Objective in model units: differences to `reference` (the incumbent's value) over a scale taken from the better half
/// of the values, the tails compressed by bilog; after a logarithm for Transform::kLog where all values are positive. Not
/// finite entries stay so. Monotone.
std::vector<double> transform_objective(const std::vector<double>& values, double reference, Transform transform);

}  // namespace exturbo::bo
