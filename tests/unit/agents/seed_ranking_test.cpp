#include "exturbo/agents/seed_ranking.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "exturbo/sizing/size.hpp"

namespace exturbo::agents {
namespace {

problem::Seed seed(const std::string& agent, double confidence, std::map<std::string, double> variables) {
  problem::Seed result;
  result.agent = agent;
  result.confidence = confidence;
  result.variables = std::move(variables);
  return result;
}

class SeedRanking : public testing::Test {
 protected:
  problem::Problem problem_ =
      sizing::open_problem(std::filesystem::path(EXTURBO_SOURCE_DIR) / "circuits/ota5/ptm180.json");

  std::map<std::string, double> middle() const {
    std::map<std::string, double> values;
    const auto variables = problem_.free_variables();
    const std::vector<double> numbers = problem::middle_values(problem_);
    for (std::size_t i = 0; i < variables.size(); ++i) values[variables[i]->name] = numbers[i];
    return values;
  }
};

TEST_F(SeedRanking, SimulationAndNotConfidenceDecidesTheOrder) {
  std::map<std::string, double> starved = middle();
  starved["ib"] = problem_.free_variables().front()->min;
  const RankedSeeds ranked = rank_seeds(problem_, {seed("boaster", 1, starved), seed("modest", 0.1, middle())});
  ASSERT_EQ(ranked.seeds.size(), 2u);
  EXPECT_TRUE(std::is_sorted(ranked.costs.begin(), ranked.costs.end()));
  EXPECT_LT(ranked.costs[0], ranked.costs[1]);
  EXPECT_GT(ranked.seeds[0].confidence, ranked.seeds[1].confidence);
  EXPECT_EQ(ranked.evaluations, 2);
}

TEST_F(SeedRanking, SeedsThatRoundToOneDesignAreOne) {
  std::map<std::string, double> near = middle();
  near["w1"] *= 1 + 1e-9;
  const RankedSeeds ranked =
      rank_seeds(problem_, {seed("first", 0.9, middle()), seed("echo", 0.5, near), seed("again", 0.4, middle())});
  ASSERT_EQ(ranked.seeds.size(), 1u);
  EXPECT_EQ(ranked.seeds[0].agent, "first");
  EXPECT_EQ(ranked.repeats, 2u);
}

TEST_F(SeedRanking, PartialSeedIsCompletedFromTheMostConfidentWholeOne) {
  std::map<std::string, double> whole = middle();
  whole["w3"] = 5e-5;
  const RankedSeeds ranked = rank_seeds(problem_, {seed("whole", 0.9, whole), seed("partial", 0.8, {{"w1", 3e-6}})});
  ASSERT_EQ(ranked.seeds.size(), 2u);
  const auto& partial = ranked.seeds[0].agent == "partial" ? ranked.seeds[0] : ranked.seeds[1];
  const auto& complete = ranked.seeds[0].agent == "partial" ? ranked.seeds[1] : ranked.seeds[0];
  EXPECT_NEAR(partial.variables.at("w1"), 3e-6, 1e-8);
  for (const auto& [name, value] : complete.variables) {
    if (name != "w1") {
      EXPECT_EQ(partial.variables.at(name), value) << name;
    }
  }
}

TEST_F(SeedRanking, ValuesBeyondTheBoundsAreClippedAndNoneIsNoSeed) {
  const RankedSeeds ranked = rank_seeds(problem_, {seed("wild", 0.5, {{"w1", 1e9}, {"ib", -5}})});
  ASSERT_EQ(ranked.seeds.size(), 1u);
  for (const problem::Variable* variable : problem_.free_variables()) {
    EXPECT_GE(ranked.seeds[0].variables.at(variable->name), variable->min * (1 - 1e-12));
    EXPECT_LE(ranked.seeds[0].variables.at(variable->name), variable->max * (1 + 1e-12));
  }
  EXPECT_TRUE(rank_seeds(problem_, {}).seeds.empty());
}

}  // namespace
}  // namespace exturbo::agents
