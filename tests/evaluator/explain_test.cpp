// Explaining a run on a problem whose slopes, optimum and prices are known: f = 0.1 + (x - 0.3)^2 + 2 (y - 0.6)^2 where
// g = x + y is at least b has the optimum f = 0.1 + 0.375 m^2, m = (b - 0.9) / 0.75.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/sensitivity/explain.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "exturbo/sizing/size.hpp"
#include "support/evaluator_problem.hpp"
#include "support/json_schema.hpp"
#include "support/temporary_folder.hpp"

using namespace exturbo;
using Json = nlohmann::ordered_json;

namespace {

double optimum(double bound) { return 0.1 + 0.375 * (bound - 0.9) * (bound - 0.9) / (0.75 * 0.75); }

class Explain : public ::testing::Test {
 protected:
  void SetUp() override {
    Json problem = Json::parse(test::kEvaluatorJson);
    problem["evaluator"]["command"] = {EXTURBO_FAULTY_EVALUATOR, "good"};
    problem["budget"] = 40;
    folder_.write("problem.json", problem.dump(2));
    machine_.allow_command = true;
    sizing::size(sizing::open_problem(folder_.path() / "problem.json", {}, true), {}, folder_.path() / "run", machine_);
  }

  run::RunFolder read() const { return run::RunFolder::read(folder_.path() / "run"); }

  test::TemporaryFolder folder_;
  sizing::Machine machine_;
};

TEST_F(Explain, TellsSlopesPricesAndWhoPays) {
  const Json told = sensitivity::explain(read(), machine_);
  EXPECT_EQ(told, read().read_json("sensitivity.json"));
  const test::JsonSchema schema(std::filesystem::path(EXTURBO_SOURCE_DIR) / "src/run/schema/sensitivity.schema.json");
  EXPECT_EQ(schema.faults(nlohmann::json::parse(told.dump())), std::vector<std::string>{});
  EXPECT_EQ(told.at("variables"), Json({"x", "y"}));

  // x spans 2, y spans 1: g rises by 2 and by 1 over the ranges, everywhere.
  const Json& slopes = told.at("elasticity").at("g");
  EXPECT_NEAR(slopes.at("x").at("derivative").get<double>(), 2, 1e-6);
  EXPECT_NEAR(slopes.at("y").at("derivative").get<double>(), 1, 1e-6);
  const double x = read().read_json("result.json").at("best").at("variables").at("x").get<double>();
  const double y = read().read_json("result.json").at("best").at("variables").at("y").get<double>();
  EXPECT_NEAR(slopes.at("x").at("elasticity").get<double>(), x / (x + y), 1e-6);
  for (const char* granularity : {"survival", "tuning"}) {
    const Json& fit = told.at(granularity).at("metrics").at("g").at("variables");
    EXPECT_NEAR(fit.at("x").at("sensitivity").get<double>(), 2.0 / 3, 0.01) << granularity;
    EXPECT_GT(fit.at("x").at("direction").get<double>(), 0.99) << granularity;
    EXPECT_FALSE(told.at(granularity).at("low_data").get<bool>()) << granularity;
  }
  EXPECT_EQ(told.at("survival").at("points"), 40);
  EXPECT_EQ(told.at("tuning").at("points"), 30);
  const Json& sobol = told.at("sobol").at("g").at("variables");
  EXPECT_NEAR(sobol.at("x").at("first").at(0).get<double>(), 0.8, 0.02);  // 4 of 4 + 1
  EXPECT_NEAR(told.at("morris").at("g").at("x").at("mean").get<double>(), 2, 0.05);

  // 10 % more of g costs what the closed form says, and both pay by their shares.
  const Json& limits = told.at("limits");
  ASSERT_EQ(limits.at("active").size(), 1U);
  const Json& active = limits.at("active").at(0);
  EXPECT_EQ(active.at("metric"), "g");
  EXPECT_NEAR(active.at("tightened").get<double>(), 1.21, 1e-12);
  const double change = optimum(1.21) - optimum(1.1);
  EXPECT_NEAR(active.at("predicted").at("change").get<double>(), change, 0.02 * change);
  EXPECT_NEAR(active.at("simulated").at("change").get<double>(), change, 0.05 * change);
  EXPECT_TRUE(active.at("simulated").at("met").get<bool>());
  EXPECT_NEAR(active.at("price").get<double>(), change / 0.11, 0.02 * change / 0.11);
  EXPECT_NEAR(limits.at("objective").at("reached").get<double>(), optimum(1.1), 1e-3);
  EXPECT_FALSE(active.at("pays").empty());
}

TEST_F(Explain, GivesTheSameForAnyNumberOfWorkers) {
  machine_.workers = 1;
  Json one = sensitivity::explain(read(), machine_);
  machine_.workers = 3;
  Json three = sensitivity::explain(read(), machine_);
  one.erase("seconds");
  three.erase("seconds");
  EXPECT_EQ(one.dump(), three.dump());
}

TEST_F(Explain, WithoutSimulationsTellsWhatTheRunKnows) {
  machine_.allow_command = false;
  const Json told = sensitivity::explain(read(), machine_, {.simulate = false});
  EXPECT_FALSE(told.contains("elasticity"));
  EXPECT_FALSE(told.contains("limits"));
  EXPECT_EQ(told.at("simulations"), 0);
  EXPECT_TRUE(told.at("survival").at("metrics").contains("J"));
}

TEST_F(Explain, WritesNothingWhenStopped) {
  const std::atomic<bool> stop{true};
  sensitivity::ExplainControl control;
  control.stop = &stop;
  EXPECT_TRUE(sensitivity::explain(read(), machine_, {}, control).is_null());
  EXPECT_FALSE(read().has("sensitivity.json"));
}

}  // namespace
