// What the library of a process defines, for those who read a cell: see also problem/process.hpp.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "exturbo/problem/problem.hpp"
#include "netlist_text.hpp"

namespace exturbo::spice {

/// Names of models that an element line may use: cards of the process or its library, bins under their base name.
std::set<std::string> process_models(const problem::Process& process);

/// Subcircuits of the library, from its "tt" text; empty for a process of plain cards.
std::map<std::string, Subcircuit> library_subcircuits(const problem::Process& process);

/// Subcircuits of the library that are transistors, each with the path of the MOS inside: `inner` of mos_instances().
std::map<std::string, std::string> library_transistors(const problem::Process& process);

/// Transistors of the problem's cell: M lines, and X lines of devices that the library makes by subcircuits.
std::vector<MosInstance> transistors(const problem::Problem& problem);

}  // namespace exturbo::spice
