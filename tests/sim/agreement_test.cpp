// The pool's fast path against a cold run of plain `ngspice -b` on the deck that a user gets.
// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <cstdio>
#include <fstream>

#include "closed_form.hpp"
#include "exturbo/core/random.hpp"
#include "exturbo/problem/load.hpp"
#include "exturbo/spice/deck.hpp"
#include "support/temporary_folder.hpp"

namespace exturbo::spice::closed_form {
namespace {

/// What the `.meas` lines of a deck print under `ngspice -b`.
std::map<std::string, double> plain_ngspice(const std::filesystem::path& folder, const std::string& deck) {
  std::ofstream(folder / "sized.cir") << deck;
  const std::string command = "cd '" + folder.string() + "' && OMP_THREAD_LIMIT=1 ngspice -b sized.cir 2>/dev/null";
  std::map<std::string, double> values;
  FILE* output = popen(command.c_str(), "r");
  char line[1000];
  while (output != nullptr && std::fgets(line, sizeof line, output) != nullptr) {
    char name[200];
    double value = 0;
    if (std::sscanf(line, "%199[a-z_] = %lf", name, &value) == 2) values[name] = value;
  }
  if (output != nullptr) pclose(output);
  return values;
}

std::vector<double> random_design(const problem::Problem& problem, std::uint64_t index) {
  core::RandomStream stream(5, index, core::Purpose::kTest);
  std::vector<double> values;
  for (const problem::Variable* variable : problem.free_variables()) {
    // The middle half of each range, where most designs amplify.
    const double position = 0.25 + 0.5 * stream.uniform();
    const bool log = variable->scale == problem::Scale::kLog;
    values.push_back(log ? variable->min * std::pow(variable->max / variable->min, position)
                         : variable->min + (variable->max - variable->min) * position);
  }
  return values;
}

void compare(const std::string& file, std::uint64_t designs) {
  const auto loaded = problem::load_problem(EXTURBO_SOURCE_DIR "/circuits/" + file);
  ASSERT_TRUE(loaded.faults.empty()) << core::to_string(loaded.faults.front());
  const test::TemporaryFolder folder;
  Pool pool(loaded.problem, {});
  int compared = 0;
  for (std::uint64_t index = 0; index < designs; ++index) {
    const auto variables = problem::complete_variables(loaded.problem, random_design(loaded.problem, index));
    pool.submit({index, variables, {}, {}});
    const auto finished = pool.wait_any(std::chrono::seconds(120));
    ASSERT_TRUE(finished);
    const auto& ours = finished->outcome.corners.at(0).metrics;
    if (ours.count("unity_gain_frequency") == 0) continue;
    const auto fresh = plain_ngspice(folder.path(), sized_deck(loaded.problem, loaded.problem.corners[0], variables));
    ASSERT_EQ(fresh.count("unity_gain_frequency"), 1u) << file << " design " << index;
    EXPECT_NEAR(ours.at("dc_gain"), fresh.at("dc_gain"), 0.01) << file << " design " << index;
    EXPECT_NEAR(ours.at("unity_gain_frequency"), fresh.at("unity_gain_frequency"),
                1e-3 * fresh.at("unity_gain_frequency"));
    // The deck's phase is not unwrapped.
    const double difference = ours.at("phase_margin") - fresh.at("phase_margin");
    EXPECT_NEAR(difference - 360 * std::round(difference / 360), 0, 0.05) << file << " design " << index;
    ++compared;
  }
  EXPECT_GE(compared, static_cast<int>(designs) / 2);
}

bool has_ngspice() { return std::system("command -v ngspice >/dev/null 2>&1") == 0; }

TEST(FreshProcess, MillerAgrees) {
  if (!has_ngspice()) GTEST_SKIP() << "the program ngspice is not installed";
  for (const char* process : {"ptm180", "ptm90", "ptm45"}) compare(std::string("miller/") + process + ".json", 6);
}

TEST(FreshProcess, FoldedCascodeAgrees) {
  if (!has_ngspice()) GTEST_SKIP() << "the program ngspice is not installed";
  for (const char* process : {"ptm180", "ptm90", "ptm45"})
    compare(std::string("folded_cascode/") + process + ".json", 4);
}

TEST(FreshProcess, ClassAbAgrees) {
  if (!has_ngspice()) GTEST_SKIP() << "the program ngspice is not installed";
  for (const char* process : {"ptm180", "ptm90", "ptm45"}) compare(std::string("class_ab/") + process + ".json", 3);
}

}  // namespace
}  // namespace exturbo::spice::closed_form
