// Where a cell's netlist uses its variables: what a size is the size of.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <string>
#include <vector>

namespace exturbo::report {

/// Uses of one variable in the element lines of a netlist.
struct VariableUses {
  std::map<std::string, std::vector<std::string>> devices;  ///< "W" -> {"M1", "M2"}; "" for a value without a key.
  std::string unit;                                         ///< "m", "A", "Ω", "F", "H", "V"; "" if unknown or mixed.

  /// "W of M1, M2; L of M7".
  std::string text() const;
};

/// Uses by variable name, names compared without case as SPICE does. Nothing but element lines is looked at.
std::map<std::string, VariableUses> variable_uses(const std::vector<std::string>& netlist_lines,
                                                  const std::vector<std::string>& variables);

}  // namespace exturbo::report
