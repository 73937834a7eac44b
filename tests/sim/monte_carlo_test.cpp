// Monte Carlo of circuits whose spread has a closed form, and of a real cell.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/spice/monte_carlo.hpp"

#include <cmath>

#include "closed_form.hpp"
#include "exturbo/problem/load.hpp"
#include "support/made_process.hpp"

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

TEST(MonteCarlo, InstancesWithLikePathsAreNotTakenForOne) {
  problem::Problem problem = pair(4.5e-9, 0);
  problem.netlist_lines = lines_of(
      ".subckt diode d s\nM1 d d s s nch W=4u L=1u\n.ends\n.subckt both a b s\nX2 a s diode\nX3 b s diode\n.ends\n"
      ".subckt amp inp inn out vdd vss\nI1 vdd inp 10u\nX1 inp c vss both\nI2 vdd inn 10u\nX1_X2 inn vss diode\n"
      "Ic vdd c 10u\nRl out vdd 1k\n.ends\n");
  EXPECT_EQ(monte_carlo_devices(problem), (std::vector<std::string>{"X1.X2.M1", "X1.X3.M1", "X1_X2.M1"}));
  const Spread offset =
      spread(problem, [](const CornerOutcome& outcome) { return outcome.nodes.at("a") - outcome.nodes.at("b"); });
  EXPECT_NEAR(offset.sigma / (4.5e-9 / std::sqrt(4e-12)), 1, kTolerance);
}

TEST(MonteCarlo, SubcircuitTransistorsOfALibraryVaryAsCardsDo) {
  const exturbo::test::TemporaryFolder folder;
  exturbo::test::write_made_process(folder);
  folder.write("pdk/made/cells/all.spice", ".include '../devices/nfet.spice'\n.include '../devices/pfet.spice'\n");
  problem::Problem problem = pair(0, 0);
  problem.process = problem::load_process((folder.path() / "pdk/made").string());
  problem.netlist_lines = lines_of(
      ".subckt amp inp inn out vdd vss\nI1 vdd inp 10u\nXM1 inp inp vss vss made_nfet w=4 l=1\nI2 vdd inn 10u\n"
      "XM2 inn inn vss vss made_nfet w=4 l=1\nXM3 out inp vss vss made_nfet w=4 l=1 mult=2\n"
      "XM4 vss vss vss vss made_pfet w=4 l=1\nRl out vdd 1\n.ends\n");
  problem.process.mismatch["made_nfet"] = {4.5e-9, 0};
  EXPECT_EQ(monte_carlo_devices(problem), (std::vector<std::string>{"XM1", "XM2", "XM3"}));
  EXPECT_EQ(matched_devices(problem), std::vector<std::string>{"XM4"});
  const Spread offset =
      spread(problem, [](const CornerOutcome& outcome) { return outcome.nodes.at("a") - outcome.nodes.at("b"); });
  EXPECT_NEAR(offset.sigma / (4.5e-9 / std::sqrt(4e-12)), 1, kTolerance);

  problem.process.mismatch["made_nfet"] = {0, 1e-8};
  const Spread ratio = spread(problem, [](const CornerOutcome& outcome) {
    return outcome.devices.at("XM3").id / outcome.devices.at("XM1").id;
  });
  // One device of 4 um2 and two of them together, each with 1 / sqrt(2) of a pair's.
  EXPECT_NEAR(ratio.sigma / ratio.mean / (1e-8 * std::sqrt(0.5 / 4e-12 + 0.5 / 8e-12)), 1, kTolerance);
}

/// A process of plain cards in two bins of length, 0.1 V of threshold apart.
void write_binned_process(const exturbo::test::TemporaryFolder& folder) {
  const std::string common = " toxe=4e-9 vsat=1e5 k1=0.4 wmin=1e-7 wmax=1e-4 ";
  folder.write("binned/models.cir",
               ".model nmos.1 nmos level=54 version=4.5 u0=0.03 vth0=0.40 lmin=1e-7 lmax=5e-7" + common +
                   "\n.model nmos.2 nmos level=54 version=4.5 u0=0.03 vth0=0.50 lmin=5e-7 lmax=2e-5" + common +
                   "\n.model pmos pmos level=54 version=4.5 u0=0.01 vth0=-0.45\n");
  folder.write("binned/process.json", R"({
    "name": "binned", "models": "models.cir", "nmos": "nmos", "pmos": "pmos", "supply": 1.8, "min_length": "0.1u",
    "corners": {"tt": {}, "ff": {"nmos": {"vth0": {"add": -0.05}}},
                "ss": {"nmos": {"vth0": {"add": 0.04}}, "nmos.2": {"vth0": {"add": 0.02}}}},
    "mismatch": {"assumption": "made up", "devices": {"nmos": {"a_vt": "3n", "a_beta": 0}}},
    "variation": {"assumption": "made up", "fast": "ff", "slow": "ss", "sigmas": 3, "correlation": 0}})");
}

TEST(BinnedCards, LengthSelectsTheBinAtCornersAndInMonteCarlo) {
  const exturbo::test::TemporaryFolder folder;
  write_binned_process(folder);
  problem::Problem problem = pair(0, 0);
  problem.process = problem::load_process((folder.path() / "binned").string());
  problem.netlist_lines = lines_of(
      ".subckt amp inp inn out vdd vss\nI1 vdd inp 10u\nM1 inp inp vss vss nmos W=4u L=0.4u\nI2 vdd inn 10u\n"
      "M2 inn inn vss vss nmos W=4u L=0.6u\nRl out vdd 1k\n.ends\n");
  problem.corners = {{"tt", "tt", 27, {}}, {"ff", "ff", 27, {}}, {"ss", "ss", 27, {}}};
  EXPECT_TRUE(check_problem(problem).empty());
  EXPECT_EQ(monte_carlo_devices(problem), (std::vector<std::string>{"M1", "M2"}));
  EXPECT_EQ(monte_carlo_variates(problem).front(), "mc_card_nmos");
  const auto outcomes = [&](bool monte_carlo, const std::map<std::string, double>& variables) {
    PoolOptions options;
    options.monte_carlo = monte_carlo;
    Pool pool(problem, options);
    pool.submit({1, variables, {}, {}});
    const auto finished = pool.wait_any(std::chrono::seconds(20));
    return finished ? finished->outcome.corners : std::vector<CornerOutcome>(3);
  };
  const auto plain = outcomes(false, {});
  const auto vth = [](const CornerOutcome& outcome, const char* device) {
    return outcome.devices.contains(device) ? outcome.devices.at(device).vth : 0;
  };
  EXPECT_NEAR(vth(plain[0], "M2") - vth(plain[0], "M1"), 0.1, 0.03);
  for (const char* device : {"M1", "M2"}) EXPECT_NEAR(vth(plain[1], device) - vth(plain[0], device), -0.05, 1e-3);
  EXPECT_NEAR(vth(plain[2], "M1") - vth(plain[0], "M1"), 0.04, 1e-3);
  EXPECT_NEAR(vth(plain[2], "M2") - vth(plain[0], "M2"), 0.06, 1e-3);
  auto variates = monte_carlo_nominal(problem);
  for (const auto& [corner, sigmas] : {std::pair<std::size_t, double>{1, 3}, {2, -3}}) {
    variates.at("mc_card_nmos") = sigmas;
    for (const char* device : {"M1", "M2"})
      EXPECT_NEAR(vth(outcomes(true, variates)[0], device), vth(plain[corner], device), 1e-6) << device;
  }
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
