// Says what is wrong with netlists before anything is simulated. Netlists are data: nothing in them may run a command,
// read another file or write one.
// SPDX-License-Identifier: BSD-3-Clause
//
// A deny list would have holes, so elements and dot commands are allowed by name; all else is refused with its line.
#pragma once

#include <string>
#include <vector>

#include "exturbo/core/fault.hpp"
#include "exturbo/problem/problem.hpp"

namespace exturbo::spice {

/// Lines of one netlist file that are refused (SPI-0xx): commands, file access, unknown elements, malformed lines. With
/// `allow_command` (problem::Problem::allow_command) `.control` blocks and sources that read a file pass.
std::vector<core::Fault> check_netlist(const std::vector<std::string>& lines, const std::string& file,
                                       bool allow_command = false);

/// The same for the text of a foundry-like library: subcircuits, models, parameters and the options `scale`, `tnom`.
std::vector<core::Fault> check_library(const std::vector<std::string>& lines, const std::string& file);

/// check_netlist on the netlists of a problem and check_library on what it needs of a library; faults name the file and
/// line that a line was read from.
std::vector<core::Fault> check_files(const problem::Problem& problem);

/// Everything that can be said about a loaded problem without simulating it: check_netlist on each file, the cell's
/// subcircuit, models, names used and not defined, variables that no netlist uses, measures, their analyses and
/// options,
/// `.meas` names, expressions. All faults at once.
std::vector<core::Fault> check_problem(const problem::Problem& problem);

}  // namespace exturbo::spice
