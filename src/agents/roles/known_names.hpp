// What an answer may name: the devices of the circuit and the free variables of the problem, with their units.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <string>
#include <vector>

#include "exturbo/problem/problem.hpp"

namespace exturbo::agents {

struct KnownNames {
  std::map<std::string, std::string> devices;                 ///< Lower case -> as written.
  std::map<std::string, const problem::Variable*> variables;  ///< Free ones, by lower-case name.
  std::map<std::string, std::string> units;                   ///< By variable; "": a number, or not known.
  std::map<std::string, std::string> uses;                    ///< By variable: "W of M1, M2".
};

/// `problem` must outlive what is returned. Devices are those of the cell's netlist and those that `circuit_json`
/// (the circuit's description, or "") names.
KnownNames known_names(const problem::Problem& problem, const std::string& circuit_json);

}  // namespace exturbo::agents
