// Reads a SPICE file and pastes what its `.include` and `.lib` lines name.
// SPDX-License-Identifier: BSD-3-Clause
//
// ngspice never opens a file for a netlist or a library: what they name is read here, inside one folder only, bounded
// in number, depth and size. Lines that are no well-formed include stay in the text, for the check of netlists to
// refuse.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "exturbo/core/fault.hpp"
#include "exturbo/problem/source_text.hpp"

namespace exturbo::problem {

struct IncludeRules {
  std::filesystem::path folder;  ///< Canonical; nothing outside it is read.
  /// A library may lead through `..` as long as it stays in the folder, and may use `.lib FILE SECTION`,
  /// `.lib SECTION` and `.endl`. A netlist may do neither.
  bool is_library = false;
  std::size_t max_includes = 0;
  std::size_t max_depth = 0;
  std::size_t max_bytes = 0;  ///< Of the whole text.
  /// Says what is wrong with an include apart from these rules (file and place of the fault are filled in), or nothing.
  std::function<std::optional<core::Fault>(const std::string& name, const std::filesystem::path& path)> objection;
};

IncludeRules netlist_rules(const std::filesystem::path& folder);
IncludeRules library_rules(const std::filesystem::path& folder);

/// The text of `file` (canonical, inside the folder): of a library's section, or, with `section` empty, what stands
/// outside of all sections. Faults name file and line.
SourceText read_source(const std::filesystem::path& file, const std::string& section, const IncludeRules& rules,
                       std::vector<core::Fault>& faults);

}  // namespace exturbo::problem
