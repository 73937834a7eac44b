// Lines of a netlist as statements and words.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "exturbo/core/text.hpp"

namespace exturbo::spice {

/// A line with its continuations joined and its comments gone.
struct Statement {
  int line = 0;  ///< Counted from 1.
  std::string text;
};

/// Statements of a netlist; empty lines and comments are left out.
std::vector<Statement> statements(const std::vector<std::string>& lines);

/// The lines with those of `.control` blocks emptied: they are commands and no netlist.
std::vector<std::string> without_control(std::vector<std::string> lines);

/// Words of a statement in lower case: split at blanks, `{..}` and '..' kept whole, `key = value` joined to
/// "key=value".
std::vector<std::string> words(const std::string& text);

/// The same, upper and lower case kept.
std::vector<std::string> words_as_written(const std::string& text);

/// Value text of "key=value" among the words, or nothing.
std::optional<std::string> keyword(const std::vector<std::string>& words, const std::string& key);

using core::lower_case;

/// The subcircuit that an X line instantiates: the last of its words (at least one) that is no parameter.
std::string instantiated(std::vector<std::string> words);

/// Elements of an expanded deck, instances of subcircuits included; more are refused (SPI-042).
inline constexpr std::size_t kMaxElements = 20000;
/// Cells in a chain, each inside the one before, a deck first; more are refused (SPI-041).
inline constexpr int kMaxNesting = 16;
/// Characters of an element's name; a longer one is refused (SPI-018).
inline constexpr std::size_t kMaxElementName = 200;

/// A MOS transistor of a cell, nested subcircuits included.
struct MosInstance {
  std::string name;  ///< As written, with the instances that lead to it: "M1", "XB.M3".
  std::string path;  ///< ngspice's name below the cell: "m1" is `m.<dut>.m1`; "xb.m3" is `m.<dut>.xb.m3`.
};

/// MOS lines of subcircuit `cell`, in the order of the netlist. `inner` holds the subcircuits of a library that are
/// transistors, with the path of the MOS inside ("mnfet"): `XM1 d g s b nfet` is then the transistor "XM1" of the path
/// "xm1.mnfet". Looks at kMaxElements elements, each counted as often as it is instantiated, and at names of
/// kMaxElementName.
std::vector<MosInstance> mos_instances(const std::vector<std::string>& lines, const std::string& cell,
                                       const std::map<std::string, std::string>& inner = {});

/// A subcircuit definition.
struct Subcircuit {
  int line = 0;
  std::string name;
  std::vector<std::string> ports;
  std::set<std::string> parameters;  ///< With defaults on the .subckt line.
  bool ended = false;
  std::vector<Statement> body;
};

/// Subcircuits of a netlist by lower-case name; nested definitions are not SPICE and not read.
std::map<std::string, Subcircuit> subcircuits(const std::vector<std::string>& lines);

/// The instance of `cell` in a testbench: its name and the nodes at the cell's ports, or nothing.
struct CellInstance {
  std::string name;
  std::vector<std::string> nodes;
};
std::optional<CellInstance> cell_instance(const std::vector<std::string>& testbench, const std::string& cell);

}  // namespace exturbo::spice
