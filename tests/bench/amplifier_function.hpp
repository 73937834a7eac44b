// A two-stage amplifier by textbook formulas: the metrics of a sizing problem without a simulator.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <vector>

#include "exturbo/bo/outcome.hpp"
#include "exturbo/bo/search_space.hpp"

namespace exturbo::bench {

inline constexpr int kAmplifierConstraints = 19;

/// 14 variables: widths and lengths of pair, mirror, tail, driver and load, width of the bias device, its current,
/// compensation. Logarithmic, on grids.
bo::SearchSpace amplifier_space();

/// The power, in W, under 19 specs: slacks in natural units, as a sizing run states them. Always measured.
bo::Outcome amplifier(const std::vector<double>& values);

}  // namespace exturbo::bench
