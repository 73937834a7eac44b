// The parts of a deck that differ in Monte Carlo: see exturbo/spice/monte_carlo.hpp.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

#include "exturbo/problem/problem.hpp"

namespace exturbo::spice {

/// Variate of the device of a number (from 1): kind "vt" or "beta".
std::string device_variate(const char* kind, std::size_t number);

/// Whether a name (lower case) is one of those that a Monte Carlo deck adds: netlists and problems may not use it.
bool is_monte_carlo_name(const std::string& name);

struct VariedCell {
  std::vector<std::string> lines;    ///< In place of the cell's netlist.
  std::vector<std::string> devices;  ///< Instance names of the transistors that vary, in the order of their numbers.
};

/// The netlist of the cell (statements, transistors as drawn) with mismatch: each subcircuit inside the cell becomes
/// one per instance, so that no two transistors share a variate.
VariedCell vary_cell(const problem::Problem& problem, const std::vector<std::string>& drawn);

/// Cards of the typical corner (lines as of problem::model_lines) with the varied parameters as expressions. Cards of
/// other corners stay as they are: they are the end of the global variation already.
std::vector<std::string> monte_carlo_cards(const problem::Process& process, const std::string& corner,
                                           std::vector<std::string> lines);

}  // namespace exturbo::spice
