// Reads problem JSON and process folders; names every fault with its JSON pointer.
// SPDX-License-Identifier: BSD-3-Clause
//
// Input is hostile until checked: files are read only inside the problem's folder and the process folder, at most 4 MiB
// each; JSON nests at most 32 deep; duplicate and unknown keys are faults.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "exturbo/core/fault.hpp"
#include "exturbo/problem/problem.hpp"

namespace exturbo::problem {

struct LoadOptions {
  /// Folders that hold process folders, searched first; then EXTURBO_PDK_PATH (colon-separated), the installed share
  /// folder and the source tree of the build.
  std::vector<std::filesystem::path> pdk_path;
  /// If set, the process is read from this folder, whatever the problem says (a run's own copy).
  std::filesystem::path process_folder;
  /// See Problem::allow_command.
  bool allow_command = false;
};

/// A problem as far as it could be read, and everything that is wrong with it. Usable only if `faults` is empty.
struct LoadResult {
  Problem problem;
  std::vector<core::Fault> faults;
};

/// Reads a problem and the files it names. Never throws for bad input. What only the simulator knows (measures, the
/// netlists' content) is checked by spice::check_problem.
LoadResult load_problem(const std::filesystem::path& file, const LoadOptions& options = {});

/// Reads a process by name or by path of its folder.
/// \throws core::InputError with all faults.
Process load_process(const std::string& name_or_path, const LoadOptions& options = {});

/// Values of free variables from a JSON file: an object of values, or one that holds it under "variables" or "best"
/// (a result.json, a journal line). Values of tied variables are passed over.
/// \throws core::InputError with all faults, unknown names included.
std::map<std::string, double> load_variables(const std::filesystem::path& file, const Problem& problem);

}  // namespace exturbo::problem
