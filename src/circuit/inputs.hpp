// Which nets are the inputs of a circuit.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <vector>

#include "signals.hpp"

namespace exturbo::circuit {

/// Sets inputs_a, inputs_b and has_outer_input. In this order: pairs or ideal amplifiers with both inputs from outside;
/// with one; with inputs that followers drive; all other pairs (a loop: what they compare is made inside). Without any
/// pair: the gate or the source from outside that carries no bias.
void find_inputs(const Graph& graph, const std::vector<Pair>& pairs, Signals& signals);

}  // namespace exturbo::circuit
