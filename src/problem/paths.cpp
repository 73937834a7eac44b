// Files named by an input: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "paths.hpp"

#include <algorithm>
#include <sstream>

namespace exturbo::problem {

std::optional<std::filesystem::path> resolve_inside(const std::filesystem::path& folder, const std::string& name,
                                                    const JsonPlace& place) {
  const std::filesystem::path relative(name);
  if (name.empty()) {
    place.fault("FIL-003", "no file is named", "give its path, relative to the folder of this file");
    return std::nullopt;
  }
  if (relative.is_absolute() || std::find(relative.begin(), relative.end(), "..") != relative.end()) {
    place.fault("FIL-002", "\"" + name + "\" leads outside the folder " + folder.string(),
                "name a file inside that folder by a relative path without ..");
    return std::nullopt;
  }
  std::error_code error;
  const std::filesystem::path path = std::filesystem::canonical(folder / relative, error);
  if (error) {
    place.fault("FIL-001", "no such file: " + (folder / relative).string(),
                "check the name; it is relative to the folder of this file");
    return std::nullopt;
  }
  const auto [end, rest] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
  if (end != folder.end()) {
    place.fault("FIL-002", "\"" + name + "\" is a symbolic link out of the folder " + folder.string(),
                "copy the file into the folder");
    return std::nullopt;
  }
  if (!std::filesystem::is_regular_file(path, error)) {
    place.fault("FIL-001", "not a regular file: " + path.string(), "name a file, not a folder or device");
    return std::nullopt;
  }
  return path;
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
