// The built-in designer: seeds for an operational amplifier from its netlist and specs, without a network.
// SPDX-License-Identifier: BSD-3-Clause
//
// The gm/ID method: each transistor's role (from the recognised blocks) gives it an inversion level and a length, the
// specs give the transconductances and currents. The equations (performance_model.hpp) are solved for the variables by
// L-BFGS-B, the simulator says what is true of the result, the equations are corrected to that, and so on, a few rounds
// for each style. Deterministic. Costs some hundred operating points and a dozen evaluations, a few seconds.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "exturbo/problem/problem.hpp"
#include "exturbo/problem/seeds.hpp"
#include "exturbo/sizing/size.hpp"

namespace exturbo::agents {

struct DesignerResult {
  std::vector<problem::Seed> seeds;  ///< One a style, the one of least J first; empty if `status` says why.
  std::string status;                ///< "" or why there are none: not an amplifier with five ports, no testbench, ...
  int operating_points = 0;          ///< Simulated along the way.
  int evaluations = 0;               ///< Of all testbenches, along the way.
  int first_feasible = 0;            ///< Which of them met all specs first, from 1; 0: none.
};

/// Told of each simulated design: style, evaluation, J.
using DesignerProgress = std::function<void(const std::string& style, int evaluation, double cost)>;

/// Seeds of the styles low-power, balanced, fast and high-gain. Their reasons name the equations used with their
/// numbers.
/// \throws core::EnvironmentError if the simulator cannot be started.
DesignerResult design_seeds(const problem::Problem& problem, const sizing::Machine& machine = {},
                            const DesignerProgress& on_progress = {});

}  // namespace exturbo::agents
