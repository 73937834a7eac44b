// Drafts a sizing problem from a bare netlist: the problem JSON, the cell and its testbenches.
// SPDX-License-Identifier: BSD-3-Clause
//
// The cell is a .subckt of any name with pins of any names; what is around it, analyses and MOS cards are left out.
// Names in its expressions become variables; where it holds numbers, they become variables with that number as `start`,
// devices that match share them. A kind of circuit is a folder of testbenches/: benches, metrics and default specs,
// which follow from supply and input devices and carry a note each. Everything drafted is a start to be edited, and
// valid as it is. The netlist is data as in a problem: read inside its own folder only, bounded, refused where `check`
// refuses it. Deterministic; linear in the size of the netlist but for the recognition of blocks.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "exturbo/core/fault.hpp"
#include "exturbo/problem/problem.hpp"
#include "exturbo/problem/process.hpp"
#include "exturbo/problem/source_text.hpp"

namespace exturbo::agents {

struct DraftOptions {
  std::string kind;  ///< One of circuit_kinds().
  std::string cell;  ///< Name of the .subckt; "": the one that no other instantiates.
  std::map<std::string, std::string>
      pins;         ///< Role ("inp", "inn", "in", "out", "vdd", "vss") -> port, both lower case.
  std::string pdk;  ///< What the problem names as its process: a name, or a folder as seen from the working folder.
};

/// Files by name; the problem itself is `problem`, to be written under a name of the caller's choice.
struct ProblemDraft {
  std::string cell;
  std::string cell_file;  ///< That of `files` which holds the cell.
  std::string problem;
  std::map<std::string, std::string> files;
  problem::LineSources cell_sources;  ///< Where the lines of cell_file were read.
  std::vector<std::string> notes;     ///< What was decided and is to be looked at, a sentence each.
};

/// A draft, and everything that is wrong with the input. Usable only if `faults` is empty.
struct ProblemDraftResult {
  ProblemDraft draft;
  std::vector<core::Fault> faults;
};

/// The kinds of circuits that there are benches for.
std::vector<std::string> circuit_kinds();

/// "inp=a,inn=b" as DraftOptions::pins. Malformed parts are faults.
std::map<std::string, std::string> read_pins(const std::string& text, std::vector<core::Fault>& faults);

/// Drafts a problem for `netlist` on `process`. Never throws for bad input.
ProblemDraftResult draft_problem(const std::filesystem::path& netlist, const problem::Process& process,
                                 const DraftOptions& options);

/// Writes a draft: its problem as `file`, the rest beside it. Files that are there already are faults and nothing is
/// written; whatever fails, what was written is removed. \throws core::InputError, core::EnvironmentError.
void write_draft(const ProblemDraft& draft, const std::filesystem::path& file);

/// Removes what write_draft() wrote, the folder too if that leaves it empty.
void remove_draft(const ProblemDraft& draft, const std::filesystem::path& file);

/// Writes a draft and opens its problem as `check` does: valid as written, or not written, and then the faults name the
/// lines of the netlist that was given. \throws as write_draft().
problem::Problem write_checked_draft(const ProblemDraft& draft, const std::filesystem::path& file,
                                     const std::vector<std::filesystem::path>& pdk_path);

}  // namespace exturbo::agents
