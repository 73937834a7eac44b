// The layer rule: an include may only point down.
// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

namespace {

namespace fs = std::filesystem;

/// Modules that each module may include.
const std::map<std::string, std::set<std::string>> kBelow{
    {"core", {}},
    {"linalg", {"core"}},
    {"gp", {"core", "linalg"}},
    {"cuda", {"core", "linalg", "gp"}},
    {"bo", {"core", "linalg", "gp"}},
    {"problem", {"core"}},
    {"run", {"core", "problem"}},
    {"vlm", {"core", "problem", "run"}},
    {"spice", {"core", "problem", "run"}},
    {"command", {"core", "problem", "spice"}},
    {"circuit", {"core", "problem", "spice"}},
    {"sizing", {"core", "linalg", "gp", "bo", "problem", "run", "spice", "command"}},
    {"sensitivity", {"core", "linalg", "gp", "bo", "problem", "run", "spice", "command", "sizing"}},
    {"report", {"core", "problem", "run", "spice"}},
    {"agents", {"core", "linalg", "gp", "bo", "problem", "run", "vlm", "spice", "command", "circuit", "sizing"}},
    {"flow",
     {"core", "linalg", "gp", "bo", "problem", "run", "vlm", "spice", "command", "circuit", "sizing", "report",
      "agents"}},
    {"cli",
     {"core", "linalg", "gp", "bo", "problem", "run", "vlm", "spice", "command", "circuit", "sizing", "sensitivity",
      "report", "agents", "flow"}},
};

/// Public headers and sources by module.
std::map<std::string, std::vector<fs::path>> files_by_module() {
  std::map<std::string, std::vector<fs::path>> files;
  for (const char* root : {"include/exturbo", "src"}) {
    const fs::path folder = fs::path(EXTURBO_SOURCE_DIR) / root;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      const std::string extension = entry.path().extension().string();
      if (extension != ".hpp" && extension != ".cpp" && extension != ".cu" && extension != ".in") continue;
      const std::string module = fs::relative(entry.path(), folder).begin()->string();
      if (module != "cmake") files[module].push_back(entry.path());
    }
  }
  return files;
}

}  // namespace

TEST(Layers, EveryModuleHasItsPlace) {
  for (const auto& [module, files] : files_by_module()) {
    EXPECT_TRUE(kBelow.contains(module)) << "module '" << module << "' has no place in the layers";
  }
}

TEST(Layers, IncludesPointDown) {
  const std::regex include(R"re(^\s*#\s*include\s*"(?:exturbo/)?([a-z_]+)/)re");
  int seen = 0;
  for (const auto& [module, files] : files_by_module()) {
    for (const fs::path& file : files) {
      std::ifstream stream(file);
      int number = 0;
      for (std::string line; std::getline(stream, line);) {
        ++number;
        std::smatch match;
        if (!std::regex_search(line, match, include)) continue;
        const std::string other = match[1];
        if (other == module || !kBelow.contains(other)) continue;
        ++seen;
        EXPECT_TRUE(kBelow.at(module).contains(other))
            << file << ":" << number << ": " << module << " must not include " << other;
      }
    }
  }
  EXPECT_GT(seen, 50) << "the test no longer sees the includes";
}

TEST(Layers, TheMathematicalTowerKnowsNoCircuitsFilesOrJson) {
  const std::regex forbidden(R"re(#\s*include\s*[<"](nlohmann|ngspice|fstream|filesystem|muParser))re");
  const auto files = files_by_module();
  for (const char* module : {"linalg", "gp", "bo"}) {
    ASSERT_TRUE(files.contains(module));
    for (const fs::path& file : files.at(module)) {
      std::ifstream stream(file);
      for (std::string line; std::getline(stream, line);)
        EXPECT_FALSE(std::regex_search(line, forbidden)) << file << ": " << line;
    }
  }
}
