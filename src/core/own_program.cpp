// Where the programs lie that this one starts: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "own_program.hpp"

#include <cstdlib>

namespace exturbo::core {

std::filesystem::path find_own_program(const std::string& name, const char* variable,
                                       const std::vector<std::filesystem::path>& further) {
  std::vector<std::filesystem::path> places;
  if (const char* named = std::getenv(variable)) places.emplace_back(named);
  std::error_code error;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
  if (!error) {
    places.push_back(self.parent_path() / name);
    places.push_back(self.parent_path().parent_path() / "libexec" / "exturbo" / name);
  }
  places.insert(places.end(), further.begin(), further.end());
  for (const auto& place : places) {
    if (std::filesystem::is_regular_file(place, error)) return std::filesystem::absolute(place);
  }
  return {};
}

}  // namespace exturbo::core
