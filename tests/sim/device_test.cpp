// What a design's devices have of noise, power and capacitance, against closed forms.
// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <numeric>

#include "closed_form.hpp"
#include "exturbo/problem/load.hpp"
#include "exturbo/problem/process.hpp"
#include "support/made_process.hpp"

namespace exturbo::spice::closed_form {
namespace {

constexpr double kOxide = 3.9 * 8.854214871e-12;  ///< F/m, as ngspice has it.

CornerOutcome simulate_small_signal(const problem::Problem& problem,
                                    const std::map<std::string, double>& variables = {}) {
  for (const auto& fault : check_problem(problem)) ADD_FAILURE() << core::to_string(fault);
  Pool pool(problem, {});
  Request request{1, variables, {}, {}};
  request.small_signal = true;
  pool.submit(request);
  const auto finished = pool.wait_any(std::chrono::seconds(60));
  if (!finished) return {};
  EXPECT_EQ(finished->outcome.corners.at(0).status, Status::kOk) << finished->outcome.corners.at(0).reason;
  return finished->outcome.corners.at(0);
}

double sum(const std::map<std::string, double>& shares) {
  return std::accumulate(shares.begin(), shares.end(), 0.0,
                         [](double total, const auto& entry) { return total + entry.second; });
}

/// A level-1 transistor without channel-length modulation: gm = sqrt(2 KP W/L ID), thermal noise 8/3 k T gm.
constexpr const char* kCommonSource =
    "M1 out inp vss vss nm W=10u L=1u\nRl vdd out 10k\n"
    ".model nm nmos level=1 vto=0.5 kp=100u tox=10n cgso=1n cgdo=2n cgbo=0\n";

problem::Problem common_source() {
  auto problem = problem_of(kCommonSource);
  add_testbench(problem, "bench", "Vdd vdd 0 DC {vdd}\nVin inp 0 DC 0.8\nXdut inp 0 out vdd 0 amp\nCl out 0 1p\n",
                {{"differential", "ac dec 10 1 10g", {{"vin", 1}}}, {"noise", "noise v(out) vin dec 5 100 10meg", {}}});
  add_metric(problem, "input_noise", "bench");
  add_metric(problem, "input_noise_1meg", "bench");
  add_metric(problem, "power", "bench");
  return problem;
}

TEST(NoiseShares, EqualResistorsShareEquallyAndTheBenchHasItsPart) {
  auto problem = problem_of("R1 inp out 1k\nR2 out vss 1k");
  add_testbench(problem, "bench", "Vdd vdd 0 DC {vdd}\nVin inp 0 DC 0\nXdut inp 0 out vdd 0 amp\nRload out 0 500\n",
                {{"noise", "noise v(out) vin dec 5 100 10meg", {}}});
  add_metric(problem, "input_noise", "bench");
  const CornerOutcome outcome = simulate_small_signal(problem);
  const auto& shares = outcome.noise_shares.at("input_noise");
  // Currents 4 k T / R into one node.
  EXPECT_NEAR(shares.at("R1"), 0.25, 1e-6);
  EXPECT_NEAR(shares.at("R2"), 0.25, 1e-6);
  EXPECT_NEAR(shares.at("bench.Rload"), 0.5, 1e-6);
}

TEST(NoiseShares, CommonSourceHasTwoThirdsOfGmAgainstItsLoad) {
  const CornerOutcome outcome = simulate_small_signal(common_source());
  const double transistor = 2.0 / 3 * outcome.devices.at("M1").gm * 10e3;
  for (const char* metric : {"input_noise", "input_noise_1meg"}) {
    const auto& shares = outcome.noise_shares.at(metric);
    EXPECT_NEAR(shares.at("M1"), transistor / (1 + transistor), 1e-4);
    EXPECT_NEAR(sum(shares), 1, 1e-6);
  }
}

TEST(DeviceStates, CapacitancesAreThoseOfMeyersModelInSaturation) {
  const CornerOutcome outcome = simulate_small_signal(common_source());
  const DeviceState& device = outcome.devices.at("M1");
  ASSERT_EQ(device.region, "saturation");
  ASSERT_TRUE(device.capacitances && device.conductances);
  EXPECT_NEAR(device.gm, 100e-6 * 10 * 0.3, 1e-9);
  EXPECT_NEAR(device.conductances->dg, -device.gm, 1e-9);
  EXPECT_NEAR(device.capacitances->gd, 2e-9 * 10e-6, 1e-20);
  const double channel = 2.0 / 3 * kOxide / 10e-9 * 10e-6 * 1e-6;
  EXPECT_NEAR(device.capacitances->gs, channel + 1e-9 * 10e-6, 1e-3 * channel);
}

TEST(Powers, ElementsOfTheCellTakeAllThatTheSupplyGives) {
  const CornerOutcome outcome = simulate_small_signal(common_source());
  const double current = 0.5 * 100e-6 * 10 * 0.3 * 0.3;
  EXPECT_NEAR(outcome.powers.at("Rl"), current * current * 10e3, 1e-9);
  EXPECT_NEAR(outcome.powers.at("M1"), current * (1.8 - current * 10e3), 1e-9);
  EXPECT_NEAR(sum(outcome.powers), outcome.metrics.at("power"), 1e-9);
}

TEST(DeviceStates, TransistorsInsideCellsHaveTheirCapacitances) {
  // Two of a kind, one of them a cell down and split in two: the same matrices.
  auto problem = problem_of(
      "M1 out inp vss vss nm W=10u L=1u\nRl vdd out 10k\nXB inp o2 vss half w=5u\nR2 vdd o2 10k\n"
      ".ends\n"
      ".subckt half g d s w=1u\n.param twice={2*w}\nM7 d g s s nm W={twice} L=1u\n");
  problem.netlist_lines.insert(problem.netlist_lines.begin(),
                               ".model nm nmos level=1 vto=0.5 kp=100u tox=10n cgso=1n cgdo=2n");
  add_testbench(problem, "bench", "Vdd vdd 0 DC {vdd}\nVin inp 0 DC 0.8\nXdut inp 0 out vdd 0 amp\n", {});
  add_metric(problem, "power", "bench");
  const CornerOutcome outcome = simulate_small_signal(problem);
  const DeviceState& upper = outcome.devices.at("M1");
  const DeviceState& lower = outcome.devices.at("XB.M7");
  ASSERT_TRUE(upper.capacitances && lower.capacitances);
  EXPECT_NEAR(lower.capacitances->gs, upper.capacitances->gs, 1e-20);
  EXPECT_NEAR(lower.conductances->dg, upper.conductances->dg, 1e-12);
  EXPECT_NEAR(outcome.powers.at("XB.M7"), outcome.powers.at("M1"), 1e-12);
}

TEST(DeviceStates, TransistorsOfALibraryHaveTheirCapacitances) {
  const test::TemporaryFolder folder;
  const auto loaded = problem::load_problem(test::write_made_problem(folder));
  ASSERT_TRUE(loaded.faults.empty()) << core::to_string(loaded.faults.front());
  auto problem = loaded.problem;
  problem.corners.resize(1);
  const auto variables = problem::complete_variables(problem, problem::middle_values(problem));
  const CornerOutcome outcome = simulate_small_signal(problem, variables);
  ASSERT_EQ(outcome.devices.size(), 6U);
  for (const auto& [name, device] : outcome.devices) {
    ASSERT_TRUE(device.capacitances && device.conductances && device.weak_gm_over_id) << name;
    EXPECT_NEAR(-device.conductances->dg, device.gm, 0.02 * device.gm) << name;
    EXPECT_GT(device.capacitances->gs, device.capacitances->gd) << name;
  }
  EXPECT_TRUE(outcome.network.unknown.empty());
}

class DevicesOf : public testing::TestWithParam<const char*> {};

TEST_P(DevicesOf, CircuitHaveNoiseAndPowerThatSumUpAndChangeNoMetric) {
  const auto loaded = problem::load_problem(std::string(EXTURBO_SOURCE_DIR "/circuits/") + GetParam());
  ASSERT_TRUE(loaded.faults.empty()) << core::to_string(loaded.faults.front());
  const auto variables = problem::complete_variables(loaded.problem, problem::middle_values(loaded.problem));
  const CornerOutcome outcome = simulate_small_signal(loaded.problem, variables);
  EXPECT_EQ(outcome.metrics, simulate(loaded.problem, variables).metrics);
  EXPECT_NEAR(sum(outcome.powers), outcome.metrics.at("power"), 1e-3 * outcome.metrics.at("power"));
  for (const auto& [metric, shares] : outcome.noise_shares) EXPECT_NEAR(sum(shares), 1, 1e-3) << metric;
  for (const auto& [name, device] : outcome.devices) {
    ASSERT_TRUE(device.capacitances && device.conductances && device.weak_gm_over_id) << name;
    EXPECT_NEAR(device.conductances->dd, device.gds, 0.02 * device.gds + 1e-8) << name;
    EXPECT_NEAR(-device.conductances->dg, device.gm, 0.02 * device.gm) << name;
    EXPECT_GT(device.capacitances->gg, device.capacitances->gs) << name;
  }
}

INSTANTIATE_TEST_SUITE_P(Circuits, DevicesOf,
                         testing::Values("miller/ptm90.json", "miller/ptm180.json", "folded_cascode/ptm45.json",
                                         "class_ab/ptm90.json"),
                         [](const auto& info) {
                           std::string name = info.param;
                           std::replace_if(
                               name.begin(), name.end(), [](char c) { return c == '/' || c == '.'; }, '_');
                           return name;
                         });

}  // namespace
}  // namespace exturbo::spice::closed_form
