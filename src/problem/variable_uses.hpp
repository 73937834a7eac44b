// What a cell's netlist makes of its variables: where each is used, and the size of each transistor.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "exturbo/problem/process.hpp"
#include "netlist_elements.hpp"

namespace exturbo::problem {

/// Uses of one variable in the elements of a netlist.
struct VariableUses {
  std::map<std::string, std::vector<std::string>> devices;  ///< "W" -> {"M1", "M2"}; "" for a value without a key.
  /// "m", "A", "Ω", "F", "H", "V", of the values that are this variable alone ("{w1}", "{2*w1}"); "" where there are
  /// none, as for a multiplier of a width ("{k*w1}"), or where they disagree.
  std::string unit;

  /// "W of M1, M2; L of M7".
  std::string text() const;
};

/// Uses by variable name, names compared without case as SPICE does.
std::map<std::string, VariableUses> variable_uses(const std::vector<Element>& elements,
                                                  const std::vector<std::string>& variables);

/// Width and length of a transistor in m; nothing where the netlist does not say or uses names that `values` lacks.
struct DeviceSize {
  std::optional<double> width;
  std::optional<double> length;
};

/// Sizes of the M elements, and of the X elements that are a library's subcircuit transistors, by name in upper case,
/// with the variables and parameters of `values`. `devices`: those of the process, which say the keys and their unit.
std::map<std::string, DeviceSize> device_sizes(const std::vector<Element>& elements,
                                               const std::map<std::string, double>& values,
                                               const std::map<std::string, Device>& devices = {});

}  // namespace exturbo::problem
