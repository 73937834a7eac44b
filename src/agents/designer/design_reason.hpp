// Why the designer chose a design, in words with the equations' numbers.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

#include "design_style.hpp"
#include "exturbo/run/evaluation.hpp"
#include "performance_model.hpp"

namespace exturbo::agents {

/// One paragraph: style, gm of the pair from the unity-gain frequency, tail current from the slew rate, inversion level
/// and length by role, what the simulator said.
std::string design_reason(const problem::Problem& problem, const DesignStyle& style, const PerformanceModel& model,
                          const Prediction& prediction, const run::Evaluation& evaluation);

}  // namespace exturbo::agents
