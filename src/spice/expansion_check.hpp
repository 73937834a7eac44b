// How large a deck becomes once ngspice has expanded it, and whether that ends.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

#include "exturbo/core/fault.hpp"

namespace exturbo::spice {

/// Faults for subcircuits that hold themselves, more than 20000 expanded elements, `.param` and `.func` that are
/// defined by themselves, and functions whose expanded text exceeds 100000 characters. `lines` may hold several files
/// one behind the other; the place is told as the line of `lines` in `file`. Linear in the length of the netlist.
std::vector<core::Fault> check_expansion(const std::vector<std::string>& lines, const std::string& file);

}  // namespace exturbo::spice
