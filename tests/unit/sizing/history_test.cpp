// Reading earlier runs.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/sizing/history.hpp"

#include <gtest/gtest.h>

#include "exturbo/core/fault.hpp"
#include "exturbo/problem/load.hpp"
#include "exturbo/run/run_folder.hpp"
#include "sizing/run_optimizer.hpp"
#include "support/tiny_manifest.hpp"
#include "support/tiny_problem.hpp"

using namespace exturbo;

namespace {

class History : public ::testing::Test {
 protected:
  void SetUp() override {
    nlohmann::ordered_json json = test::tiny_json();
    json["variables"]["w2"] = {{"tie", "w1"}, {"ratio", 2}};
    json["corners"] = {{{"name", "tt"}, {"process", "tt"}}, {{"name", "ff"}, {"process", "ff"}}};
    auto loaded = problem::load_problem(test::write_tiny(folder_, json));
    ASSERT_TRUE(loaded.faults.empty()) << core::InputError(loaded.faults).what();
    problem_ = std::move(loaded.problem);
  }

  std::filesystem::path path(const std::string& name) const { return folder_.path() / "runs" / name; }

  void write_run(const std::string& name, const std::vector<run::Evaluation>& evaluations) {
    run::RunFolder run = run::RunFolder::create(path(name), problem_, test::tiny_manifest(10, 4));
    for (const run::Evaluation& evaluation : evaluations) run.append(evaluation);
  }

  static run::Evaluation evaluation(int index, double w1, double rl, const std::map<std::string, double>& tt,
                                    const std::map<std::string, double>& ff = {}) {
    run::Evaluation evaluation;
    evaluation.index = index;
    evaluation.status = "ok";
    evaluation.variables = {{"w1", w1}, {"w2", 2 * w1}, {"rl", rl}};
    evaluation.metrics = tt;
    evaluation.corners.push_back({"tt", tt, {}, {}});
    if (!ff.empty()) evaluation.corners.push_back({"ff", ff, {}, {}});
    return evaluation;
  }

  test::TemporaryFolder folder_;
  problem::Problem problem_;
};

}  // namespace

TEST_F(History, TakesTheWorstOfTheProblemsCorners) {
  run::Evaluation both =
      evaluation(1, 2e-6, 2e3, {{"dc_gain", 20}, {"power", 1e-4}}, {{"dc_gain", 12}, {"power", 3e-4}});
  both.corners.push_back({"elsewhere", {{"dc_gain", 1}, {"power", 1}}, {}, {}});
  run::Evaluation other = evaluation(2, 3e-6, 2e3, {{"dc_gain", 20}, {"power", 1e-4}});
  other.corners.front().name = "elsewhere";
  run::Evaluation none = evaluation(3, 4e-6, 2e3, {{"dc_gain", 17}});
  none.corners.clear();
  write_run("a", {both, other, none});
  const sizing::History history = sizing::read_history(problem_, {path("a")});
  ASSERT_EQ(history.evaluations.size(), 3U);
  using Metrics = std::map<std::string, double>;
  EXPECT_EQ(history.evaluations[0].metrics, (Metrics{{"dc_gain", 12}, {"power", 3e-4}}));
  EXPECT_EQ(history.evaluations[1].metrics, (Metrics{{"dc_gain", 20}, {"power", 1e-4}}));
  EXPECT_EQ(history.evaluations[2].metrics, (Metrics{{"dc_gain", 17}}));
  EXPECT_EQ(history.evaluations[0].values, (std::vector<double>{2e-6, 2e3}));
}

TEST_F(History, CountsWhatItLeavesOut) {
  const std::map<std::string, double> metrics{{"dc_gain", 20}, {"power", 1e-4}};
  run::Evaluation untied = evaluation(4, 5e-6, 2e3, metrics);
  untied.variables["w2"] = 5e-6;
  run::Evaluation failed = evaluation(5, 6e-6, 2e3, {});
  failed.status = "no_convergence";
  write_run("a", {evaluation(6, 2e-6, 2e3, metrics), evaluation(1, 2.001e-6, 2e3, {}),
                  evaluation(2, 2e-7, 2e3, metrics), evaluation(3, 2e-6, 2e5, metrics), untied, failed});
  write_run("b", {evaluation(1, 6e-6, 2e3, metrics), evaluation(2, 7e-6, 2e3, metrics)});
  const sizing::History history = sizing::read_history(problem_, {path("a"), path("b")});
  ASSERT_EQ(history.sources.size(), 2U);
  // Of equal designs the first by index counts: 1, not 6.
  EXPECT_EQ(sizing::to_string(history.sources[0]),
            "2 evaluations of a (1 failed; left out: 3 outside the ranges, 1 repeated)");
  EXPECT_EQ(sizing::to_string(history.sources[1]), "1 evaluation of b (left out: 1 repeated)");
  ASSERT_EQ(history.evaluations.size(), 3U);
  EXPECT_EQ(history.evaluations[0].index, 1);
  EXPECT_TRUE(history.evaluations[1].failed());
  EXPECT_EQ(history.evaluations[2].run, "b");
}

TEST_F(History, NamesTheFaultsOfAllFolders) {
  run::Evaluation lacking = evaluation(1, 2e-6, 2e3, {});
  lacking.variables.erase("rl");
  lacking.variables["w9"] = 1;
  write_run("a", {lacking});
  try {
    sizing::read_history(problem_, {path("nowhere"), path("a"), folder_.path()});
    FAIL() << "accepted";
  } catch (const core::InputError& error) {
    ASSERT_EQ(error.faults().size(), 3U);
    EXPECT_EQ(error.faults()[0].id, "RUN-001");
    EXPECT_EQ(error.faults()[1].id, "HIS-002");
    EXPECT_EQ(error.faults()[1].place, "evaluation 1");
    EXPECT_NE(error.faults()[1].what.find("lacks rl; has w9 besides"), std::string::npos);
    EXPECT_EQ(error.faults()[2].id, "RUN-001");
  }
}

TEST_F(History, ItsBestDesignsAreSeedsThatNameTheirRun) {
  write_run("a", {evaluation(1, 2e-6, 2e3, {{"dc_gain", 10}, {"power", 1e-6}}),
                  evaluation(2, 9e-6, 9e3, {{"dc_gain", 20}, {"power", 2e-4}}),
                  evaluation(3, 9.01e-6, 9e3, {{"dc_gain", 20}, {"power", 3e-4}}),
                  evaluation(4, 5e-5, 9e3, {{"dc_gain", 30}, {"power", 1e-4}})});
  const sizing::History history = sizing::read_history(problem_, {path("a")});
  const bo::Optimizer optimizer =
      sizing::make_optimizer(problem_, {{"rng_seed", 1}, {"batch", 4}}, history.evaluations);
  EXPECT_EQ(optimizer.statistics().learned, 4);
  const auto seeds = sizing::history_seeds(problem_, optimizer, history.evaluations);
  ASSERT_EQ(seeds.size(), 3U);
  EXPECT_EQ(seeds[0].agent, "history");
  EXPECT_EQ(seeds[0].role, "a");
  EXPECT_EQ(seeds[0].reason, "evaluation 4 of a: power = 0.0001, met all specs there");
  EXPECT_DOUBLE_EQ(seeds[0].variables.at("w1"), 5e-5);
  EXPECT_EQ(seeds[1].reason, "evaluation 2 of a: power = 0.0002, met all specs there");
  EXPECT_EQ(seeds[2].reason, "evaluation 1 of a: power = 1e-06, missed there: dc_gain");
  EXPECT_LT(seeds[2].confidence, seeds[1].confidence);
}
