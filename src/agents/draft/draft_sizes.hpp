// Makes names of the numbers that a cell holds, so that they can be sized: devices that match share theirs.
// SPDX-License-Identifier: BSD-3-Clause
//
// A device gets w_NAME and l_NAME, a resistor r_NAME, a capacitor c_NAME, a source i_NAME or v_NAME. Devices that match
// take those of the first of them (a resistor, capacitor or source only if it has its number). In a current mirror all
// take the length of the reference; an output whose width is a whole multiple of the reference's takes that width times
// k_NAME, one of another ratio keeps the ratio as it is. Widths are those of all parallel devices together (W times M):
// fingers and junctions are the program's, so M, NF, AD, AS, PD, PS, NRD and NRS leave the line. A size that is not
// given becomes a variable without a start.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "draft_cell.hpp"
#include "draft_elements.hpp"

namespace exturbo::agents {

/// Groups of elements, by index.
struct DraftGroups {
  std::vector<std::vector<std::size_t>> matched;  ///< Of one size.
  std::vector<std::vector<std::size_t>> mirrors;  ///< Current mirrors, the reference first.
};

/// Rewrites the lines of `cell` and the values of `elements`. Returns the numbers by their new names; what was decided
/// and may be looked at is added to `notes`.
std::map<std::string, double> name_sizes(DraftCell& cell, std::vector<DraftElement>& elements,
                                         const DraftGroups& groups, std::vector<std::string>& notes);

}  // namespace exturbo::agents
