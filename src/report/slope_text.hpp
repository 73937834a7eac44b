// Simulated derivatives at the design, as what a change of a variable does.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "summary.hpp"

namespace exturbo::report {

/// What 10 % more of a variable does to a metric, to first order.
struct VariableEffect {
  std::string variable;
  double change = 0;  ///< In the metric's unit.
  std::optional<double> elasticity;
  bool rough = false;  ///< The derivative is known to half its size at best.
};

/// Of every variable whose derivative is known, the largest first.
std::vector<VariableEffect> effects_of_variables(const Summary& summary, const std::string& metric);

}  // namespace exturbo::report
