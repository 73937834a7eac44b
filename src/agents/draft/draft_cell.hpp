// The cell of a bare netlist as a draft keeps it: its subcircuit and those it instantiates, nothing else.
// SPDX-License-Identifier: BSD-3-Clause
//
// Analyses, sources around the cell, options and MOS cards stay behind: benches, program and process provide them. What
// is refused in a netlist of a problem is refused here.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "exturbo/core/fault.hpp"
#include "exturbo/problem/source_text.hpp"

namespace exturbo::agents {

struct DraftLine {
  int line = 0;            ///< In the text with its includes pasted, counted from 1.
  std::string subcircuit;  ///< Lower-case name of the .subckt around it; "": outside of all.
  std::string text;        ///< A statement with its continuations joined, or a comment line.

  bool is_comment() const { return text.empty() || text[0] == '*'; }
};

struct DraftCell {
  std::string file;                              ///< Absolute; what faults name.
  std::string subcircuit;                        ///< Its lower-case name in the netlist.
  std::string name;                              ///< The same as a problem may name it.
  std::vector<std::string> ports;                ///< Lower case.
  std::vector<std::string> source;               ///< All lines of the netlist, includes pasted.
  problem::LineSources places;                   ///< Where they come from.
  std::vector<DraftLine> lines;                  ///< What is kept, in the order of the netlist.
  std::map<std::string, std::string> mos_cards;  ///< Name of a MOS card of the netlist -> "nmos" or "pmos".
};

/// Reads the netlist. `cell` names a .subckt; "": the only one that no other instantiates. Empty `lines` with faults if
/// there is no such cell.
DraftCell read_draft_cell(const std::filesystem::path& file, const std::string& cell, std::vector<core::Fault>& faults);

}  // namespace exturbo::agents
