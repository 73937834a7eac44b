// What each port of a cell is to a testbench.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <string>
#include <vector>

#include "draft_cell.hpp"
#include "exturbo/core/fault.hpp"

namespace exturbo::agents {

/// Roles: "inp", "inn", "in", "out", "vdd", "vss", and where a bench biases the cell "bias_current_in" (a current from
/// the supply into the port), "bias_current_out" (one out of it to ground), "bias_voltage".
struct DraftPins {
  std::map<std::string, std::string> roles;  ///< Port -> role, for those that are known.
  bool inputs_by_name = false;               ///< inp and inn are named as such: nothing tells that they are swapped.

  /// The port of a role, or "".
  std::string port(const std::string& role) const;
};

/// Roles as given ("inp" -> port) and by the names of the ports; `needed` are those that the kind of circuit asks for.
/// What is given and wrong is a fault; what is not known is left out.
DraftPins name_pins(const DraftCell& cell, const std::map<std::string, std::string>& given,
                    const std::vector<std::string>& needed, std::vector<core::Fault>& faults);

}  // namespace exturbo::agents
