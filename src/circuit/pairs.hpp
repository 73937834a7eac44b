// Differential pairs: two transistors that share a current.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <vector>

#include "graph.hpp"

namespace exturbo::circuit {

struct Pair {
  int a = 0, b = 0;          ///< Devices.
  int tail = kNoNet;         ///< The net at both sources, or behind the resistors that degenerate them.
  std::vector<int> feeders;  ///< What carries the shared current: transistors from the tail to the rail, a source, a
                             ///< resistor.
};

/// Pairs: equal transistors with a common source that is no rail and that something feeds, with two gates and two
/// drains. Cross-coupled ones are none. Of more than two devices at one source, those whose drains look alike are a
/// pair.
std::vector<Pair> find_pairs(const Graph& graph);

/// Two equal transistors, each with its gate at the drain of the other; one device is in one of these at most.
struct CrossCoupled {
  int a = 0, b = 0;
};
std::vector<CrossCoupled> find_cross_coupled(const Graph& graph);

}  // namespace exturbo::circuit
