// Seeds files.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/problem/seeds.hpp"

#include <gtest/gtest.h>

#include "exturbo/problem/load.hpp"
#include "support/tiny_problem.hpp"

using namespace exturbo;

class Seeds : public ::testing::Test {
 protected:
  void SetUp() override { problem_ = problem::load_problem(test::write_tiny(folder_)).problem; }
  test::TemporaryFolder folder_;
  problem::Problem problem_;
};

TEST_F(Seeds, RoundTripThroughJson) {
  const auto file = folder_.write("s.json", R"({"seeds": [
    {"origin": {"agent": "designer", "role": "sizing", "model": "m"}, "variables": {"w1": "5u"}, "reason": "gm/ID", "confidence": 0.8}]})");
  const auto first = problem::load_seeds(file, problem_);
  ASSERT_TRUE(first.faults.empty());
  ASSERT_EQ(first.seeds.size(), 1U);
  EXPECT_DOUBLE_EQ(first.seeds[0].variables.at("w1"), 5e-6);
  const auto again = problem::load_seeds(folder_.write("t.json", problem::to_json(first.seeds)), problem_);
  ASSERT_TRUE(again.faults.empty());
  EXPECT_EQ(again.seeds[0].variables, first.seeds[0].variables);
  EXPECT_EQ(again.seeds[0].reason, "gm/ID");
}

TEST_F(Seeds, TellAllFaultsAtOnce) {
  const auto file =
      folder_.write("s.json", R"({"seeds": [{"variables": {"w2": 1, "w1": "x"}, "confidence": 2, "mood": 1}, 7, {}]})");
  const auto result = problem::load_seeds(file, problem_);
  EXPECT_EQ(result.faults.size(), 6U);
}

TEST_F(Seeds, StartValuesOfTheProblemMakeOneSeed) {
  EXPECT_TRUE(problem::start_seeds(problem_).empty());
  problem_.variables[0].start = 3e-6;
  ASSERT_EQ(problem::start_seeds(problem_).size(), 1U);
  EXPECT_EQ(problem::start_seeds(problem_)[0].variables.size(), 1U);
}
