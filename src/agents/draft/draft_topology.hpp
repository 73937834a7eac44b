// What module circuit recognises in a cell, in terms of a draft: which ports are pins of what kind, which devices go
// together.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <string>
#include <vector>

#include "draft_cell.hpp"
#include "draft_elements.hpp"
#include "draft_pins.hpp"
#include "draft_sizes.hpp"
#include "exturbo/circuit/recognition.hpp"
#include "exturbo/core/fault.hpp"
#include "exturbo/problem/process.hpp"

namespace exturbo::agents {

/// A cell with the subcircuits in it expanded; all names in lower case.
struct DraftTopology {
  circuit::CircuitDescription description;
  std::map<std::string, std::size_t> elements;  ///< Name of a component, "m1" or "xb.m3" -> index of its element.
  std::map<std::string, std::string> polarity;  ///< Model of a MOS element -> "nmos" or "pmos".
};

/// Reads the cell. Elements that a description has no component for are left out, which `notes` tells: nothing is
/// concluded from them. A transistor that cannot be read is a fault.
DraftTopology read_topology(const DraftCell& cell, const std::vector<DraftElement>& elements,
                            const problem::Process& process, std::vector<std::string>& notes,
                            std::vector<core::Fault>& faults);

/// What the cell is made of, given the pins that are known.
circuit::Recognition recognise(const DraftTopology& topology, const DraftPins& pins);

/// Adds roles that the connections tell: supplies, an input pair, outputs, biases. `needed` as for name_pins().
void connect_pins(const DraftCell& cell, const DraftTopology& topology, const circuit::Recognition& recognised,
                  const std::vector<std::string>& needed, DraftPins& pins);

/// Devices that match and current mirrors, as elements.
DraftGroups find_groups(const DraftTopology& topology, const circuit::Recognition& recognised);

}  // namespace exturbo::agents
