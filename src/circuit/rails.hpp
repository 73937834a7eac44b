// Which nets are the supplies.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

#include "graph.hpp"

namespace exturbo::circuit {

/// What the name of a net says: "vdd!", "AVCC_IO", "5V" are on top, "gnd", "VSS1", "-3V", "0" at the bottom.
Rail rail_by_name(const std::string& net);

/// Marks the rails of a graph: by Vdd and Gnd components (already marked), by names, and where one of the two is
/// missing by connections: the net with the most sources of one polarity that no transistor of that polarity drains
/// into.
void find_rails(Graph& graph);

}  // namespace exturbo::circuit
