// The part of a foundry-like library that a netlist needs.
// SPDX-License-Identifier: BSD-3-Clause
//
// A library defines hundreds of devices and a cell uses a few: only those, and what they use in turn, are checked and
// given to ngspice. Linear in the length of the library.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "exturbo/problem/source_text.hpp"

namespace exturbo::problem {

/// Words of netlist lines, lower case.
std::set<std::string> netlist_words(const std::vector<std::string>& lines);

/// The library without the subcircuits and models that neither `words` nor what they lead to name; all other lines
/// stay.
SourceText needed_part(const SourceText& library, const std::set<std::string>& words);

/// Names of the subcircuits and models that a library defines outside of subcircuits; bins under their base name.
std::set<std::string> defined_names(const SourceText& library);

}  // namespace exturbo::problem
