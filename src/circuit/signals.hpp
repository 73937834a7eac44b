// Where the signal goes: the inputs and the nets that they move.
// SPDX-License-Identifier: BSD-3-Clause
//
// Method: a breadth-first walk from the inputs. It goes from gate to drain, from gate to source where the drain is a
// rail (follower), from source to drain (common gate), through amplifiers, resistors and floating sources; never into a
// rail or through the common source of a pair. Each net remembers which input reaches it first, so a loop back (a
// mirror to its own branch, common-mode feedback) changes nothing.
#pragma once

#include <vector>

#include "pairs.hpp"

namespace exturbo::circuit {

/// Bits: which inputs reach a net first.
constexpr unsigned kSideA = 1, kSideB = 2;

struct Signals {
  std::vector<int> inputs_a, inputs_b;  ///< Nets; b: of the other side of a differential input.
  bool has_outer_input = false;         ///< An input that nothing inside drives.
  int outer_inputs = 0;                 ///< How many of these there are.
  std::vector<int> level;               ///< Per net: steps from the inputs; -1: no signal.
  std::vector<unsigned> sides;          ///< Per net.

  bool is_signal(int net) const { return net != kNoNet && level[net] >= 0; }
};

/// Nets that the signal reaches from one net in one step.
std::vector<int> next_nets(const Graph& graph, int net);

Signals find_signals(const Graph& graph, const std::vector<Pair>& pairs);

}  // namespace exturbo::circuit
