// Monte Carlo of circuits whose spread has a closed form, and of a real cell.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/spice/monte_carlo.hpp"

#include <cmath>

#include "closed_form.hpp"
#include "exturbo/problem/load.hpp"

namespace exturbo::spice::closed_form {
namespace {

constexpr std::uint32_t kSamples = 400;

/// Two diodes of W = 4 um, L = 1 um at 10 uA each, and a mirror of the first one's gate.
problem::Problem pair(double a_vt, double a_beta) {
  problem::Problem problem = problem_of(
      "I1 vdd inp 10u\nM1 inp inp vss vss nch W=4u L=1u\nI2 vdd inn 10u\nM2 inn inn vss vss nch W=4u L=1u\n"
      "M3 out inp vss vss nch W=4u L=1u\nRl out vdd 1");
  problem.process.models = {{"nch", "nmos", {{"level", 1}, {"vto", 0.5}, {"kp", 120e-6}, {"lambda", 0}}}};
  problem.process.mismatch["nch"] = {a_vt, a_beta};
  add_testbench(problem, "bias", "Vdd vdd 0 {vdd}\nXdut a b c vdd 0 amp\nRa a 0 1e12\nRb b 0 1e12\n", {});
  return problem;
}

struct Spread {
  double mean = 0;
  double sigma = 0;
};

/// Mean and standard deviation over the samples of what `read` takes from each outcome.
template <typename Read>
Spread spread(const problem::Problem& problem, const Read& read) {
  PoolOptions options;
  options.monte_carlo = true;
  Pool pool(problem, options);
  for (std::uint32_t k = 0; k < kSamples; ++k) pool.submit({k, monte_carlo_sample(problem, 1, k), {}, {}});
  double sum = 0, squares = 0;
  while (pool.pending() > 0) {
    const auto finished = pool.wait_any(std::chrono::seconds(10));
    if (!finished) continue;
    const CornerOutcome& outcome = finished->outcome.corners.at(0);
    EXPECT_EQ(outcome.status, Status::kOk) << outcome.reason;
    const double value = read(outcome);
    sum += value;
    squares += value * value;
  }
  const double mean = sum / kSamples;
  return {mean, std::sqrt(squares / kSamples - mean * mean)};
}

// The relative standard error of a sigma from 400 samples is 1 / sqrt(800) = 3.5 %: four of them are allowed.
constexpr double kTolerance = 4 * 0.0354;

TEST(MonteCarlo, OffsetOfAPairHasTheSigmaOfTheAreaLaw) {
  const Spread offset = spread(
      pair(4.5e-9, 0), [](const CornerOutcome& outcome) { return outcome.nodes.at("a") - outcome.nodes.at("b"); });
  const double sigma = 4.5e-9 / std::sqrt(4e-12);
  EXPECT_NEAR(offset.sigma / sigma, 1, kTolerance);
  EXPECT_LT(std::abs(offset.mean), 4 * sigma / std::sqrt(kSamples));
}

TEST(MonteCarlo, RatioOfAMirrorHasTheSigmaOfTheAreaLaw) {
  const Spread ratio = spread(pair(0, 1e-8), [](const CornerOutcome& outcome) {
    return outcome.devices.at("M3").id / outcome.devices.at("M1").id;
  });
  EXPECT_NEAR(ratio.sigma / (1e-8 / std::sqrt(4e-12)), 1, kTolerance);
}

TEST(MonteCarlo, SampleIsAFunctionOfSeedAndNumber) {
  const problem::Problem problem = pair(4.5e-9, 1e-8);
  EXPECT_EQ(monte_carlo_sample(problem, 3, 7), monte_carlo_sample(problem, 3, 7));
  EXPECT_NE(monte_carlo_sample(problem, 3, 7), monte_carlo_sample(problem, 3, 8));
  EXPECT_NE(monte_carlo_sample(problem, 3, 7), monte_carlo_sample(problem, 4, 7));
  EXPECT_EQ(monte_carlo_devices(problem), (std::vector<std::string>{"M1", "M2", "M3"}));
  EXPECT_EQ(monte_carlo_variates(problem).size(), 6U);
}

TEST(MonteCarlo, TransistorsOfARepeatedSubcircuitVaryAlone) {
  problem::Problem problem = pair(4.5e-9, 0);
  problem.netlist_lines = lines_of(
      ".subckt diode d s\nM1 d d s s nch W=4u L=1u\n.ends\n.subckt amp inp inn out vdd vss\nI1 vdd inp 10u\n"
      "X1 inp vss diode\nI2 vdd inn 10u\nX2 inn vss diode\nRl out vdd 1k\n.ends\n");
  EXPECT_EQ(monte_carlo_devices(problem), (std::vector<std::string>{"X1.M1", "X2.M1"}));
  const Spread offset =
      spread(problem, [](const CornerOutcome& outcome) { return outcome.nodes.at("a") - outcome.nodes.at("b"); });
  EXPECT_NEAR(offset.sigma / (4.5e-9 / std::sqrt(4e-12)), 1, kTolerance);
}

TEST(MonteCarlo, CardVariatesAtThreeSigmaAreTheCorners) {
  for (const char* process : {"ptm180", "ptm90"}) {
    problem::Problem problem = pair(0, 0);
    problem.process = problem::load_process(process);
    problem.netlist_lines = lines_of(
        ".subckt amp inp inn out vdd vss\nI1 vdd inp 10u\nM1 inp inp vss vss nmos W=4u L=0.4u\n"
        "I2 inn vss 10u\nM2 inn inn vdd vdd pmos W=8u L=0.4u\nRl out vdd 1k\n.ends\n");
    problem.corners = {{"tt", "tt", 27, {}}, {"ff", "ff", 27, {}}, {"ss", "ss", 27, {}}};
    PoolOptions options;
    options.monte_carlo = true;
    Pool pool(problem, options);
    for (const auto& [corner, sigmas] : {std::pair<std::size_t, double>{1, 3}, {2, -3}}) {
      auto moved = monte_carlo_nominal(problem);
      moved.at("mc_card_nmos") = sigmas;
      moved.at("mc_card_pmos") = sigmas;
      pool.submit({1, moved, {0}, {}});
      const auto by_variates = pool.wait_any(std::chrono::seconds(20));
      pool.submit({2, monte_carlo_nominal(problem), {corner}, {}});
      const auto by_corner = pool.wait_any(std::chrono::seconds(20));
      ASSERT_TRUE(by_variates && by_corner);
      for (const char* node : {"a", "b"})
        EXPECT_NEAR(by_variates->outcome.corners[0].nodes.at(node), by_corner->outcome.corners[0].nodes.at(node), 1e-6)
            << process << " " << node;
    }
  }
}

}  // namespace
}  // namespace exturbo::spice::closed_form
