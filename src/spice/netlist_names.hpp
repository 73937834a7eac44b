// Names that a netlist uses in its expressions, and those it defines.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "netlist_text.hpp"

namespace exturbo::spice {

struct NetlistNames {
  std::map<std::string, int> used;  ///< Name -> line of its first use.
  std::set<std::string> defined;    ///< By .param, .func arguments, subcircuit parameters; lower case.
  std::set<std::string> nodes;      ///< Nodes of top-level elements.
  std::set<std::string> sources;    ///< Independent sources of the top level.
};

NetlistNames netlist_names(const std::vector<std::string>& lines);

/// Identifiers of an expression that are not functions; contents of v(..) and i(..) are nodes and left out.
std::set<std::string> expression_identifiers(const std::string& expression);

/// Names that ngspice's or the program's expressions give a meaning of their own: no variable may have them.
bool is_reserved_name(const std::string& name);

/// Those of them that are values: "pi", "temper". The others are functions and operators.
bool is_built_in_value(const std::string& name);

}  // namespace exturbo::spice
