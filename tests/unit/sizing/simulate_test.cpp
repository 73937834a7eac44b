// One design through the real simulator, against the closed form of a resistor-loaded common-source stage.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/sizing/simulate.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "exturbo/core/fault.hpp"
#include "sizing/pool_options.hpp"
#include "support/tiny_problem.hpp"

using namespace exturbo;

namespace {

class Simulate : public ::testing::Test {
 protected:
  void SetUp() override { problem_ = sizing::open_problem(test::write_tiny(folder_)); }
  test::TemporaryFolder folder_;
  problem::Problem problem_;
};

}  // namespace

TEST_F(Simulate, CommonSourceStageMatchesTheSquareLaw) {
  const double width = 10e-6;
  const double load = 10e3;
  const run::Json result = sizing::simulate(problem_, {{"w1", width}, {"rl", load}});
  ASSERT_FALSE(result.contains("reason")) << result.dump(1);
  // ID = kp/2 W/L (Vgs - Vto)^2 (1 + lambda Vds), Vds = Vdd - ID R: linear in ID once Vds is put in.
  const double square = 0.5 * 120e-6 * 10 * 0.3 * 0.3;
  const double current = square * (1 + 0.05 * 1.8) / (1 + square * 0.05 * load);
  const double vds = 1.8 - current * load;
  const double gm = 120e-6 * 10 * 0.3 * (1 + 0.05 * vds);
  const double gds = square * 0.05;
  const run::Json& metrics = result.at("best").at("metrics");
  EXPECT_NEAR(metrics.at("dc_gain").get<double>(), 20 * std::log10(gm / (gds + 1 / load)), 1e-3);
  EXPECT_NEAR(metrics.at("power").get<double>() / (1.8 * current), 1, 1e-4);
  const run::Json& device = result.at("best").at("corners").at("tt_27C").at("operating_points").at("M1");
  EXPECT_EQ(device.at("region"), "saturation");
  EXPECT_NEAR(device.at("id").get<double>() / current, 1, 1e-4);
  EXPECT_NEAR(device.at("gm").get<double>() / gm, 1, 1e-4);
  EXPECT_GE(device.at("cgg").get<double>(), device.at("cgs").get<double>());
  const run::Json& shares = result.at("best").at("corners").at("tt_27C").at("power_shares");
  EXPECT_NEAR(shares.at("M1").get<double>(), vds / 1.8, 1e-4);
  EXPECT_NEAR(shares.at("M1").get<double>() + shares.at("Rl").get<double>(), 1, 1e-9);
}

TEST_F(Simulate, AbsentValuesTakeTheMiddleOfTheirRange) {
  const run::Json result = sizing::simulate(problem_, {});
  EXPECT_DOUBLE_EQ(result.at("best").at("variables").at("w1").get<double>(), 10e-6);
}

TEST_F(Simulate, RefusesUnknownVariables) { EXPECT_THROW(sizing::simulate(problem_, {{"w9", 1}}), core::InputError); }

TEST(Machine, AWallLimitThatIsNotGivenIsTwiceTheProcessorTime) {
  EXPECT_EQ(sizing::pool_options({}).cpu_limit, spice::PoolOptions{}.cpu_limit);
  EXPECT_EQ(sizing::pool_options({}).wall_limit, spice::PoolOptions{}.wall_limit);
  sizing::Machine machine;
  machine.cpu_limit = 300;
  EXPECT_EQ(sizing::pool_options(machine).wall_limit, 600);
  machine.wall_limit = 50;
  EXPECT_EQ(sizing::pool_options(machine).wall_limit, 50);
}

TEST(OpenProblem, EveryCircuitOfTheTreeIsFreeOfFaults) {
  int seen = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(EXTURBO_SOURCE_DIR "/circuits")) {
    if (entry.path().extension() != ".json") continue;
    ++seen;
    EXPECT_NO_THROW(sizing::open_problem(entry.path())) << entry.path();
  }
  EXPECT_GE(seen, 10);
}
