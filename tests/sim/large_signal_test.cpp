// Large-signal measures against closed forms.
// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>

#include "closed_form.hpp"

namespace exturbo::spice::closed_form {
namespace {

const char* const kFollower = "Vdd vdd 0 DC {vdd}\nVin inp 0 DC {vcm}\nXdut inp out out vdd 0 amp\n";

TEST(LargeSignal, SlewRateIsCurrentOverCapacitanceOfTheSlowerEdge) {
  // A transconductor that gives at most 60 uA and takes at most 40 uA, into 10 pF: 6 and 4 V/us.
  auto problem = problem_of("B1 out 0 i=-min(max(20m*(v(inp)-v(inn)),-40u),60u)\nC1 out 0 10p");
  add_testbench(problem, "follower_step",
                "Vdd vdd 0 DC {vdd}\nVin inp 0 DC 0.5 PULSE(0.5 1.3 0.2u 1n 1n 1.9u 4u)\nXdut inp out out vdd 0 amp\n",
                {{"step", "tran 5n 4u", {}}});
  add_metric(problem, "slew_rate", "follower_step");
  const CornerOutcome outcome = simulate(problem);
  EXPECT_NEAR(outcome.metrics.at("slew_rate"), 4e6, 4e3);
}

TEST(LargeSignal, ExponentialSettlingHasItsTenToNinetySlope) {
  // One pole of 50 ns: 10-90 % takes 50 ns * ln 9.
  auto problem = problem_of("R1 inp out 1k\nC1 out 0 50p");
  add_testbench(problem, "follower_step",
                "Vdd vdd 0 DC {vdd}\nVin inp 0 DC 0.5 PULSE(0.5 1.3 0.2u 1p 1p 1.9u 4u)\nXdut inp out out vdd 0 amp\n",
                {{"step", "tran 1n 4u", {}}});
  add_metric(problem, "slew_rate", "follower_step");
  const CornerOutcome outcome = simulate(problem);
  const double expected = 0.8 * 0.8 / (50e-9 * std::log(9));
  EXPECT_NEAR(outcome.metrics.at("slew_rate"), expected, 1e-3 * expected);
}

TEST(LargeSignal, DistortionOfAPolynomial) {
  // y = x + 0.02 x^2 + 0.03 x^3 around the common mode, x = 0.36 sin. (ngspice's x^3 is |x|^3.)
  auto problem = problem_of("B1 out 0 v=0.9+(v(inp)-0.9)+(v(inp)-0.9)*(v(inp)-0.9)*(0.02+0.03*(v(inp)-0.9))");
  add_testbench(problem, "follower_sine",
                "Vdd vdd 0 DC {vdd}\nVin inp 0 DC {vcm} SIN({vcm} {0.2*vdd} 10k)\nXdut inp 0 out vdd 0 amp\n",
                {{"sine", "tran 0.2u 200u 100u 0.2u", {}}});
  add_metric(problem, "thd", "follower_sine");
  const CornerOutcome outcome = simulate(problem);
  const double a = 0.36;
  const double fundamental = a + 0.75 * 0.03 * a * a * a;
  const double harmonics = std::hypot(0.5 * 0.02 * a * a, 0.25 * 0.03 * a * a * a);
  const double ratio = std::pow(10, outcome.metrics.at("thd") / 20);
  EXPECT_NEAR(ratio, harmonics / fundamental, 1e-3 * harmonics / fundamental);
}

TEST(LargeSignal, PulsesAreSimulatedToTheirEndAlsoWhereASineIsSettled) {
  // The pulse comes after the sine has repeated, in the last period.
  auto problem = problem_of("R1 inp out 1k\nR2 n out 1k");
  add_testbench(problem, "follower_sine",
                "Vdd vdd 0 DC {vdd}\nVin inp 0 DC {vcm} SIN({vcm} {0.4*vdd} 10k)\n"
                "Vn n 0 DC 0.9 PULSE(0.9 1 350u 1u 1u 20u 1)\nXdut inp n out vdd 0 amp\n",
                {{"sine", "tran 0.2u 400u 300u 0.2u", {}}});
  problem.netlist_lines[0] = ".subckt amp inp n out vdd vss";
  add_metric(problem, "thd", "follower_sine");
  EXPECT_GT(simulate(problem).metrics.at("thd"), -40);
}

TEST(LargeSignal, SwingEndsWhereTheSlopeFallsToNineTenths) {
  // y = vdd/2 + V tanh(-10 x / V): the slope is 90 % where tanh^2 = 0.1.
  auto problem = problem_of("B1 out 0 v=0.9+0.5*tanh(-10*v(inp)/0.5)");
  add_testbench(problem, "inverting", "Vdd vdd 0 DC {vdd}\nVin inp 0 DC 0\nXdut inp 0 out vdd 0 amp\n",
                {{"sweep", "dc vin {-0.06*vdd} {0.06*vdd} {vdd/2000}", {}}});
  add_metric(problem, "output_swing", "inverting");
  const CornerOutcome outcome = simulate(problem);
  const double expected = 2 * 0.5 * std::sqrt(0.1) / 1.8;
  EXPECT_NEAR(outcome.metrics.at("output_swing"), expected, 1e-3 * expected);
}

TEST(LargeSignal, InputRangeEndsWithTheSlope) {
  auto problem = problem_of("B1 out 0 v=0.8+0.9*tanh((v(inp)-0.8)/0.9)");
  add_testbench(problem, "follower", kFollower, {{"sweep", "dc vin 0 {vdd} {vdd/200}", {}}});
  add_metric(problem, "icmr_low", "follower");
  add_metric(problem, "icmr_high", "follower");
  const CornerOutcome outcome = simulate(problem);
  const double reach = 0.9 * std::atanh(std::sqrt(0.1));
  EXPECT_NEAR(outcome.metrics.at("icmr_low"), (0.8 - reach) / 1.8, 5e-4);
  EXPECT_NEAR(outcome.metrics.at("icmr_high"), (0.8 + reach) / 1.8, 5e-4);
}

TEST(LargeSignal, InputRangeEndsWithTheError) {
  // 8 % too steep: the error reaches 3 % of Vdd 0.375 Vdd away from the common mode.
  auto problem = problem_of("B1 out 0 v=0.9+1.08*(v(inp)-0.9)");
  add_testbench(problem, "follower", kFollower, {{"sweep", "dc vin 0 {vdd} {vdd/200}", {}}});
  add_metric(problem, "icmr_low", "follower");
  add_metric(problem, "icmr_high", "follower");
  const CornerOutcome outcome = simulate(problem);
  EXPECT_NEAR(outcome.metrics.at("icmr_low"), 0.125, 1e-4);
  EXPECT_NEAR(outcome.metrics.at("icmr_high"), 0.875, 1e-4);
}

}  // namespace
}  // namespace exturbo::spice::closed_form
