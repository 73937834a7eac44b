// What a draft reads from the connections of a cell: which ports are pins of what kind, and which devices go together.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "draft_cell.hpp"
#include "draft_elements.hpp"
#include "draft_pins.hpp"
#include "draft_sizes.hpp"

namespace exturbo::agents {

/// A transistor of the cell with the subcircuits in it expanded.
struct FlatMos {
  std::size_t element = 0;
  bool pmos = false;
  std::array<std::string, 4> nodes;  ///< Drain, gate, source, bulk; inner nets as "xb.n".

  const std::string& drain() const { return nodes[0]; }
  const std::string& gate() const { return nodes[1]; }
  const std::string& source() const { return nodes[2]; }
  const std::string& bulk() const { return nodes[3]; }
};

/// All transistors of the cell, in the order of the netlist.
std::vector<FlatMos> flat_transistors(const DraftCell& cell, const std::vector<DraftElement>& elements,
                                      const std::map<std::string, std::string>& polarity);

/// Adds roles that the connections tell: supplies, an input pair, an output, biases. `needed` as for name_pins().
void connect_pins(const DraftCell& cell, const std::vector<FlatMos>& transistors,
                  const std::vector<std::string>& needed, DraftPins& pins);

/// Pairs and what follows symmetrically from them, and current mirrors with their reference. Nothing for cells of over
/// 300 transistors.
DraftGroups find_groups(const std::vector<FlatMos>& transistors, const std::set<std::string>& rails);

}  // namespace exturbo::agents
