// What each port of a cell is to a testbench.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <string>
#include <vector>

#include "draft_cell.hpp"
#include "exturbo/core/fault.hpp"

namespace exturbo::agents {

/// Roles: "inp", "inn", "in", "out", "outp", "outn", "ocm" (the output common mode that is asked for), "vdd", "vss",
/// and where a bench biases the cell "bias_current_in" (a current from the supply into the port), "bias_current_out"
/// (one out of it to ground), "bias_voltage".
struct DraftPins {
  std::map<std::string, std::string> roles;  ///< Port -> role, for those that are known.
  bool inputs_by_name = false;               ///< inp and inn are named as such: nothing tells that they are swapped.

  bool outputs_by_name = false;  ///< The same of outp and outn.

  /// The port of a role, or "".
  std::string port(const std::string& role) const;
  /// Exchanges the ports of two roles that are known.
  void swap(const std::string& one, const std::string& other);
};

/// Roles as given ("inp" -> port) and by the names of the ports; `needed` are those that the kind of circuit asks for,
/// `optional` others that it knows.
/// What is given and wrong is a fault; what is not known is left out.
DraftPins name_pins(const DraftCell& cell, const std::map<std::string, std::string>& given,
                    const std::vector<std::string>& needed, const std::vector<std::string>& optional,
                    std::vector<core::Fault>& faults);

}  // namespace exturbo::agents
