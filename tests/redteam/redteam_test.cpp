// Hostile decks: refused by the filter, and contained by the worker's sandbox when the filter is left out.
// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>

#include "exturbo/core/fault.hpp"
#include "exturbo/problem/load.hpp"
#include "exturbo/spice/netlist_check.hpp"
#include "exturbo/spice/pool.hpp"
#include "support/child_process.hpp"
#include "support/tiny_problem.hpp"

namespace exturbo::test {
namespace {

constexpr const char* kSecret = "secret_424242";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

struct Deck {
  explicit Deck(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    text.assign(std::istreambuf_iterator<char>(stream), {});
  }
  /// What stands behind "* key: " in the head, or "".
  std::string head(const std::string& key) const {
    const std::size_t at = text.find("* " + key + ": ");
    return at == std::string::npos ? "" : text.substr(at + key.size() + 4, text.find('\n', at) - at - key.size() - 4);
  }
  std::string text;
};

class RedTeam : public ::testing::TestWithParam<std::string> {
 protected:
  RedTeam() : deck_(std::filesystem::path(EXTURBO_SOURCE_DIR "/tests/redteam/decks") / GetParam()) {
    canary_.write("secret", std::string(kSecret) + "\n");
    auto json = tiny_json();
    if (const std::string command = deck_.head("analysis"); !command.empty())
      json["testbenches"]["open_loop"]["analyses"]["differential"]["command"] = command;
    const auto file = write_tiny(folder_, json);
    folder_.write("bench.cir", replaced(deck_.text, "@CANARY@", canary_.path().string()) + kTinyBench);
    loaded_ = problem::load_problem(file);
  }
  TemporaryFolder canary_, folder_;
  Deck deck_;
  problem::LoadResult loaded_;
};

TEST_P(RedTeam, IsRefusedByTheFilterWithItsPlace) {
  std::vector<core::Fault> faults = loaded_.faults;
  for (const core::Fault& fault : spice::check_problem(loaded_.problem)) faults.push_back(fault);
  const std::string expected = deck_.head("expect");
  const std::string id = expected.substr(0, expected.find(' '));
  const std::string place = expected.find(' ') == std::string::npos ? "" : expected.substr(expected.find(' ') + 1);
  const auto found = std::find_if(faults.begin(), faults.end(), [&](const core::Fault& fault) {
    return fault.id == id && !fault.place.empty() && (place.empty() || fault.place == place) && !fault.hint.empty();
  });
  if (found == faults.end()) {
    for (const core::Fault& fault : faults) std::cout << core::to_string(fault) << "\n";
  }
  ASSERT_NE(found, faults.end()) << expected;
  std::cout << GetParam() << ": " << deck_.head("attempts") << ": refused, " << found->id << " at " << found->place
            << "\n";
}

TEST_P(RedTeam, IsContainedByTheSandboxWithoutTheFilter) {
  spice::PoolOptions options;
  options.wall_limit = 1;
  options.attempts = 1;
  const auto begin = std::chrono::steady_clock::now();
  spice::Pool pool(loaded_.problem, options);
  for (const spice::SandboxState& mechanism : pool.sandbox()) {
    if (!mechanism.holds && (mechanism.name == "landlock" || mechanism.name == "seccomp"))
      GTEST_SKIP() << mechanism.name << " is absent: " << mechanism.detail;
  }
  pool.submit({1, {{"w1", 20e-6}, {"rl", 10e3}}, {}, {}});
  const auto finished = pool.wait_any(std::chrono::seconds(20));
  ASSERT_TRUE(finished);
  const spice::CornerOutcome& outcome = finished->outcome.corners.at(0);
  EXPECT_FALSE(std::filesystem::exists(canary_.path() / "written")) << "wrote outside its scratch folder";
  EXPECT_EQ(outcome.reason.find(kSecret), std::string::npos) << "read outside: " << outcome.reason;
  for (const int worker : pool.worker_pids()) EXPECT_TRUE(children_of(worker).empty()) << "started a process";
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
  std::cout << GetParam() << ": contained, " << spice::to_string(outcome.status) << "\n";
}

/// What the two tests above would not notice if the decks were harmless: some do their harm where it is allowed.
class Unchained : public RedTeam {};

TEST_P(Unchained, DoesItsHarmWhereCommandsAreAllowed) {
  loaded_.problem.allow_command = true;
  spice::PoolOptions options;
  options.attempts = 1;
  spice::Pool pool(loaded_.problem, options);
  pool.submit({1, {{"w1", 20e-6}, {"rl", 10e3}}, {}, {}});
  ASSERT_TRUE(pool.wait_any(std::chrono::seconds(20)));
  EXPECT_TRUE(std::filesystem::exists(canary_.path() / "written"));
}

std::vector<std::string> decks() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(EXTURBO_SOURCE_DIR "/tests/redteam/decks"))
    names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

INSTANTIATE_TEST_SUITE_P(Decks, RedTeam, ::testing::ValuesIn(decks()),
                         [](const auto& info) { return replaced(info.param, ".cir", ""); });
INSTANTIATE_TEST_SUITE_P(Decks, Unchained,
                         ::testing::Values("control_shell.cir", "control_upper.cir", "control_write.cir",
                                           "meas_redirect.cir"),
                         [](const auto& info) { return replaced(info.param, ".cir", ""); });

}  // namespace
}  // namespace exturbo::test
