// Runs the fuzz targets on files, without libFuzzer: replay CORPUS, or replay TARGET FILE...
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "fuzz_target.hpp"

namespace {

namespace fs = std::filesystem;
using namespace exturbo;

struct Target {
  const char* name;
  bool (*run)(const std::string&);
};
constexpr Target kTargets[] = {{"circuit", fuzz::circuit}, {"description", fuzz::description},
                               {"history", fuzz::history}, {"netlist", fuzz::netlist},
                               {"problem", fuzz::problem}, {"report", fuzz::report},
                               {"run", fuzz::run},         {"seeds", fuzz::seeds}};

bool run_file(const Target& target, const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  const std::string input{std::istreambuf_iterator<char>(stream), {}};
  // Said before it runs: the last one said is the one that ends the process.
  std::printf("%s\n", file.c_str());
  std::fflush(stdout);
  const bool accepted = target.run(input);
  std::printf("  %s\n", accepted ? "accepted" : "refused");
  return accepted;
}

}  // namespace

int main(int count, char** arguments) {
  const std::string first = count > 1 ? arguments[1] : "";
  const auto named = std::find_if(std::begin(kTargets), std::end(kTargets),
                                  [&](const Target& target) { return target.name == first; });
  if (named != std::end(kTargets)) {
    for (int i = 2; i < count; ++i) run_file(*named, arguments[i]);
    return count > 2 ? 0 : 2;
  }
  for (const Target& target : kTargets) {
    std::vector<fs::path> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(fs::path(first) / target.name, error))
      files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    const auto accepted =
        std::count_if(files.begin(), files.end(), [&](const fs::path& file) { return run_file(target, file); });
    std::printf("%s: %zu inputs, %td accepted\n", target.name, files.size(), accepted);
    // Most claims are about accepted inputs: without one they would hold whatever the code does.
    if (accepted == 0) return 1;
  }
  return 0;
}
