// A circuit description from a file, whatever its form.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <string>

#include "exturbo/circuit/description.hpp"
#include "exturbo/problem/process.hpp"

namespace exturbo::circuit {

/// Reads a description: JSON if the first character that is no blank opens an object or an array, else a SPICE netlist,
/// whose `.include` lines are followed inside its folder. `cell` and `process` are those of read_netlist(). Faults name
/// the file and line that a line was read from; never throws for bad input.
CircuitDescriptionResult load_description(const std::filesystem::path& file, const std::string& cell,
                                          const problem::Process* process);

}  // namespace exturbo::circuit
