// Elements of a testbench with its cell expanded, each with its nodes by ngspice's names.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <string>
#include <vector>

#include "exturbo/problem/problem.hpp"
#include "netlist_text.hpp"

namespace exturbo::spice {

struct CircuitElement {
  std::string name;    ///< As written, below the cell: "M1", "XB.R1"; of the testbench: "open_loop.Cl".
  char letter = 0;     ///< Its first one, lower case; 'm' also of a transistor that a library makes of a subcircuit.
  std::string device;  ///< ngspice's name: "m.xdut.m1", "r.xdut.xb.r1", "cl".
  std::string line;    ///< ngspice's name of the line: "xdut.m1", of a library's transistor "xdut.xm1".
  std::string cell;    ///< Subcircuit that its line stands in; "": the testbench.
  std::vector<std::string> nodes;  ///< Of a transistor: drain, gate, source, body. As many as the letter has.
};

/// Elements in the order of the netlist. `inner` is that of mos_instances(). Stops at kMaxElements. An element of a
/// kind whose nodes are not known to this reader (B, K, T, ...) has none.
std::vector<CircuitElement> circuit_elements(const problem::Problem& problem, const problem::Testbench& testbench,
                                             const std::map<std::string, std::string>& inner);

}  // namespace exturbo::spice
