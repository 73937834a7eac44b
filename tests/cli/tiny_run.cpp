// A finished run of the tiny problem: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "tiny_run.hpp"

#include <fstream>
#include <stdexcept>

#include "program.hpp"
#include "support/tiny_problem.hpp"

namespace exturbo::test {
namespace {

constexpr const char* kSeeds = R"({"seeds": [
  {"origin": {"agent": "designer", "role": "gain", "model": "hand"}, "variables": {"w1": "20u", "rl": "8k"}, "reason": "gm times rl", "confidence": 0.8},
  {"variables": {"rl": 5e3}}
]})";

const std::filesystem::path& make_run() {
  static const TemporaryFolder folder;
  write_tiny(folder);
  folder.write("seeds.json", kSeeds);
  const Completed done = run_exturbo({"size", "problem.json", "--seeds", "seeds.json", "--budget", "6", "--out", "run",
                                      "--no-report", "--workers", "1", "--quiet"},
                                     folder.path());
  if (done.exit_code != 0 && done.exit_code != 1) throw std::runtime_error("exturbo size failed: " + done.err);
  const Completed verified =
      run_exturbo({"verify", "run", "--monte-carlo", "5", "--workers", "1", "--quiet"}, folder.path());
  if (verified.exit_code != 0 && verified.exit_code != 1)
    throw std::runtime_error("exturbo verify failed: " + verified.err);
  return folder.path();
}

}  // namespace

const std::filesystem::path& tiny_run() {
  static const std::filesystem::path& made = make_run();
  return made;
}

std::vector<std::string> lines_of(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

}  // namespace exturbo::test
