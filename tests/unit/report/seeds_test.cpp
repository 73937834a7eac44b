// Claims about what the report says of seeds.
// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <cmath>

#include "exturbo/report/report.hpp"
#include "pipe_tables.hpp"
#include "seed_history.hpp"
#include "summary.hpp"
#include "support/run_fixture.hpp"
#include "support/tag_balance.hpp"

namespace exturbo::report::test {
namespace {

constexpr const char* kSeeds = R"({"seeds": [
  {"origin": {"agent": "designer", "role": "gain", "model": "hand"}, "variables": {"w1": "20u", "l1": "0.05u"},
   "reason": "gm times rl </td><script>", "confidence": 0.8},
  {"origin": {"agent": "twin"}, "variables": {"w1": "20.001u", "l1": "0.1u"}, "reason": "the same"},
  {"variables": {"ib": "40u"}, "confidence": 0.2}]})";

/// A run whose first two evaluations are seeds.
struct SeededRun : RunFixture {
  SeededRun();
};

SeededRun::SeededRun() : RunFixture({.evaluations = 0, .finished = false}) {
  run::RunFolder run = run::RunFolder::open(run_path());
  run.write("seeds.json", kSeeds);
  run.write("seeds-unused.json", R"({"seeds": [{"origin": {"agent": "late"}, "variables": {"w1": "1u"}}]})");
  run::Evaluation first;
  first.index = 1;
  first.origin = "seed";
  first.status = "ok";
  first.cost = 1.25;
  first.variables = {{"w1", 2e-5}, {"l1", 1.8e-7}, {"w2", 4e-5}, {"ib", 7.1e-6}, {"fingers", 4}};
  first.metrics = {{"dc_gain", 80}, {"unity_gain_frequency", 1e6}};
  run.append(first);
  run::Evaluation second = first;
  second.index = 2;
  second.variables = {{"w1", 1e-5}, {"l1", 1.09e-6}, {"w2", 2e-5}, {"ib", 4e-5}, {"fingers", 5}};
  second.status = "no_convergence";
  second.cost = 7;
  run.append(second);
}

TEST(Seeds, AreMatchedToTheirEvaluations) {
  const SeededRun fixture;
  const Summary summary = read_summary(fixture.read());
  ASSERT_EQ(summary.seeds.size(), 4U);
  EXPECT_EQ(summary.seeds[0].evaluation, 1) << "clipped";
  EXPECT_EQ(summary.seeds[1].evaluation, 0) << "the same after rounding";
  EXPECT_EQ(summary.seeds[2].evaluation, 2) << "filled with the middles of the ranges";
  EXPECT_FALSE(summary.seeds[3].ranked);
}

TEST(Seeds, DistanceIsInSharesOfTheRanges) {
  const SeededRun fixture;
  const problem::Problem problem = read_summary(fixture.read()).problem;
  EXPECT_NEAR(range_distance(problem, {{"w1", 1e-6}}, {{"w1", 1e-4}, {"l1", 1e-6}}), 1, 1e-12);
  EXPECT_NEAR(range_distance(problem, {{"w1", 1e-5}, {"fingers", 8}}, {{"w1", 1e-4}, {"fingers", 8}}), std::sqrt(0.125),
              1e-12);
  EXPECT_EQ(range_distance(problem, {}, {{"w1", 1e-4}}), 0);
}

TEST(Seeds, TableSaysWhoWhyAndWhatCameOfIt) {
  const SeededRun fixture;
  const std::string page = render_html(fixture.read());
  EXPECT_EQ(markup_fault(page), "");
  EXPECT_FALSE(contains(page, "<script"));
  const std::string text = render_markdown(fixture.read());
  EXPECT_EQ(uneven_row(text), "");
  EXPECT_TRUE(contains(text, "| designer, gain (hand) | 1 | 1.25 | unity\\_gain\\_frequency, phase\\_margin, "));
  EXPECT_TRUE(contains(text, "| designer, gain | gm times rl &lt;/td\\>&lt;script\\> |"));
  EXPECT_TRUE(contains(text, "failed: no\\_convergence"));
  EXPECT_TRUE(contains(text, "not simulated"));
  EXPECT_TRUE(contains(text, "| late |  |  | not among the first | 0.5 |"));
  EXPECT_TRUE(contains(text, "It started from its first seed."));
}

TEST(Seeds, OfARunWithoutAnySaySo) {
  const RunFixture fixture;
  EXPECT_TRUE(contains(render_markdown(fixture.read()), "The run started cold"));
}

}  // namespace
}  // namespace exturbo::report::test
