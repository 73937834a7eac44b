// Files named by an input: only inside the input's own folder.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "json_reader.hpp"

namespace exturbo::problem {

/// A path that was found, or why it is refused.
struct Resolved {
  std::optional<std::filesystem::path> path;  ///< Canonical.
  std::string id, what, hint;                 ///< Of the fault, if there is no path.
};
/// Whether a name may hold `..`; either way the file must lie inside the folder.
enum class ParentFolders { kRefused, kInside };

/// The canonical path of `name`, relative to `base`, if it is a regular file inside `folder` (both canonical).
Resolved resolve(const std::filesystem::path& folder, const std::filesystem::path& base, const std::string& name,
                 ParentFolders parents);

/// The canonical path of `name` inside `folder` (canonical), or nothing and a fault at `place`: absolute paths, `..`
/// and symbolic links that lead out of the folder, and files that do not exist.
std::optional<std::filesystem::path> resolve_inside(const std::filesystem::path& folder, const std::string& name,
                                                    const JsonPlace& place);

/// Lines without their ends ("\n", "\r\n").
std::vector<std::string> split_lines(const std::string& text);

}  // namespace exturbo::problem
