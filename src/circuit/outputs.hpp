// Which nets are the outputs of a circuit.
// SPDX-License-Identifier: BSD-3-Clause
//
// Method: the signal's steps make a directed graph of nets; its strongly connected components (Boost.Graph) are the
// loops, and a loop that nothing leaves is an end of the circuit. An end of one net is an output. In an end of several,
// such as outputs in a loop of common-mode feedback, the outputs are the nets that have a counterpart on the other side
// and are reached last.
#pragma once

#include <vector>

#include "found.hpp"

namespace exturbo::circuit {

/// Nets, the last reached first. With ports: those of the ports that the signal moves. An output is driven and carries
/// a current; it is no input, no mirror's gate, no tail, and no common-gate device passes its current on.
std::vector<int> find_outputs(const Found& found);

}  // namespace exturbo::circuit
