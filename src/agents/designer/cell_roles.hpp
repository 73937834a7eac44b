// What each transistor does in an operational amplifier, as the designer's equations need it.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

#include "exturbo/circuit/recognition.hpp"
#include "exturbo/problem/problem.hpp"
#include "small_signal.hpp"

namespace exturbo::agents {

enum class Role { kInput, kTail, kMirror, kCascode, kControl, kOutput, kBias };
const char* to_string(Role role);

/// Indices into SizedCell::mos().
struct InputPair {
  std::vector<std::size_t> devices;  ///< Both halves.
  std::vector<std::size_t> tails;    ///< What feeds their common source.
  std::string type;                  ///< "nmos" or "pmos".
};

struct Roles {
  std::string fault;  ///< Why the equations do not apply to this cell, or "".
  CellPorts ports;
  std::vector<Role> of;  ///< By transistor.
  std::vector<InputPair> pairs;
  std::vector<std::size_t> upper_stack;  ///< From the output to the supply: all have to saturate.
  std::vector<std::size_t> lower_stack;
  std::vector<std::size_t> output_sources;  ///< Whose current limits the slope of the output. Class AB: none.
};

/// Roles by the recognised blocks. `nodes` are the nets at the cell's ports in the open-loop testbench, `port_names`
/// the ports in the cell, both in the order of its .subckt line.
Roles cell_roles(const SizedCell& cell, const circuit::Recognition& recognition,
                 const std::vector<std::string>& port_names);

}  // namespace exturbo::agents
