// Broken inputs: each is refused with exit code 2 and one line per fault, as recorded in tests/cli/cases/*.golden.
// Record them anew after a change of messages, and read the difference: EXTURBO_RERECORD=1 BUILD/tests/cli/test_cli
// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <cstdlib>
#include <regex>
#include <sstream>

#include "case_file.hpp"
#include "program.hpp"
#include "tiny_run.hpp"

using namespace exturbo::test;

namespace {

std::vector<Case> all_cases() {
  std::vector<Case> cases;
  for (const char* group : {"json", "problem", "netlist", "describe", "process", "arguments", "files", "run", "evaluator",
                            "init", "design"}) {
    for (Case& example : read_cases(group)) cases.push_back(std::move(example));
  }
  return cases;
}

/// Without the paths of this machine.
std::string anonymous(std::string text, const TemporaryFolder& folder) {
  const auto replace = [&](const std::string& from, const std::string& to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
      text.replace(at, from.size(), to);
  };
  replace(folder.path().string(), "{folder}");
  replace(std::filesystem::path(EXTURBO_PROGRAM).parent_path().parent_path() / "share", "{beside the program}");
  replace(EXTURBO_SHARE_DIR, "{installed}");
  replace(EXTURBO_SOURCE_DIR, "{source}");
  return text;
}

std::string name_of(const ::testing::TestParamInfo<Case>& info) {
  return std::regex_replace(info.param.group + "_" + info.param.name, std::regex("[^A-Za-z0-9]+"), "_");
}

class BrokenInput : public ::testing::TestWithParam<Case> {};

}  // namespace

TEST_P(BrokenInput, IsRefusedWithAllFaultsAtOnce) {
  const Case& example = GetParam();
  const TemporaryFolder folder;
  if (example.content.value("run", false))
    std::filesystem::copy(tiny_run(), folder.path(), std::filesystem::copy_options::recursive);
  write_case(example, folder);
  const Completed completed = run_exturbo(arguments_of(example), folder.path());
  EXPECT_FALSE(completed.hung);
  EXPECT_EQ(completed.signal, 0);
  EXPECT_EQ(completed.exit_code, 2) << completed.err;
  EXPECT_EQ(completed.out, "");

  static const std::regex kForm(R"(\S.*: error [A-Z]{3}-[0-9]{3}: .+ \(.+\))");
  std::istringstream lines(completed.err);
  for (std::string line; std::getline(lines, line);) EXPECT_TRUE(std::regex_match(line, kForm)) << line;

  const std::string text = anonymous(completed.err, folder);
  if (std::getenv("EXTURBO_RERECORD") != nullptr) record_golden(example, text);
  EXPECT_EQ(text, read_golden(example.group)[example.name]);
}

INSTANTIATE_TEST_SUITE_P(Cli, BrokenInput, ::testing::ValuesIn(all_cases()), name_of);
