// Current mirrors: a reference whose gate follows its own current, and the devices that share gate and source with it.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <vector>

#include "graph.hpp"

namespace exturbo::circuit {

struct Mirror {
  int gate = kNoNet;
  std::vector<int> references;  ///< Mostly one; diode-connected ones first.
  std::vector<int> outputs;
};

/// The rail below a transistor's source, seen through resistors and junctions that it alone stands on; else its source.
int degenerated_source(const Graph& graph, int device);

/// The drain of the reference meets the gate directly, through one or two cascodes, through a resistor at either side
/// of a cascode (self-biased), or through a follower (beta helper).
bool is_reference(const Graph& graph, int device);

/// A device whose drain steers what its source stands on, and nothing else, while its gate is neither there nor a
/// resistor away: with a signal at the gate a follower with local feedback (flipped voltage follower, super source
/// follower).
bool is_regulated_follower(const Graph& graph, int device);

/// Mirrors with at least one output, in the order of their references.
std::vector<Mirror> find_mirrors(const Graph& graph);

}  // namespace exturbo::circuit
