// What a model name stands for: the kind of a transistor, told by cards, by the process, by the name.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <string>

#include "exturbo/problem/process.hpp"

namespace exturbo::circuit {

/// Card types by model name, both lower case, as far as the netlist has .model lines.
using Cards = std::map<std::string, std::string>;

/// How much of a name has to speak: subcircuits are called all sorts of things.
enum class NameRule { kWholeWord, kFirstLetter };

/// "NMOS" or "PMOS" of a MOS model or a library's transistor, "" if unknown. `name` is lower case.
std::string mos_type(const std::string& name, const Cards& cards, const problem::Process* process, NameRule rule);
/// "NPN" or "PNP" of a bipolar model, "" if unknown.
std::string bipolar_type(const std::string& name, const Cards& cards);

/// The device of that lower-case name in the process, or null.
const problem::Device* find_device(const std::string& name, const problem::Process* process);

}  // namespace exturbo::circuit
