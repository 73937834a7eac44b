// Files named by an input: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "paths.hpp"

#include <algorithm>
#include <sstream>

namespace exturbo::problem {

Resolved resolve(const std::filesystem::path& folder, const std::filesystem::path& base, const std::string& name,
                 ParentFolders parents) {
  const std::filesystem::path relative(name);
  if (name.empty()) return {{}, "FIL-003", "no file is named", "give its path, relative to the folder of this file"};
  if (name.find('\0') != std::string::npos)
    return {{}, "FIL-003", "the name holds a NUL character", "give the path of a file"};
  const bool climbs = std::find(relative.begin(), relative.end(), "..") != relative.end();
  const auto outside = [&](const std::filesystem::path& path) {
    return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first != folder.end();
  };
  if (relative.is_absolute() ||
      (climbs && (parents == ParentFolders::kRefused || outside((base / relative).lexically_normal())))) {
    return {{},
            "FIL-002",
            "\"" + name + "\" leads outside the folder " + folder.string(),
            parents == ParentFolders::kRefused ? "name a file inside that folder by a relative path without .."
                                               : "name a file inside that folder by a relative path"};
  }
  std::error_code error;
  const std::filesystem::path path = std::filesystem::canonical(base / relative, error);
  if (error) {
    return {{},
            "FIL-001",
            "no such file: " + (base / relative).lexically_normal().string(),
            "check the name; it is relative to the folder of this file"};
  }
  if (outside(path)) {
    return {{},
            "FIL-002",
            "\"" + name + "\" is a symbolic link out of the folder " + folder.string(),
            "copy the file into the folder"};
  }
  if (!std::filesystem::is_regular_file(path, error)) {
    return {{}, "FIL-001", "not a regular file: " + path.string(), "name a file, not a folder or device"};
  }
  return {path, "", "", ""};
}

std::optional<std::filesystem::path> resolve_inside(const std::filesystem::path& folder, const std::string& name,
                                                    const JsonPlace& place) {
  const Resolved found = resolve(folder, folder, name, ParentFolders::kRefused);
  if (!found.path) place.fault(found.id, found.what, found.hint);
  return found.path;
}

std::vector<std::string> split_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace exturbo::problem
