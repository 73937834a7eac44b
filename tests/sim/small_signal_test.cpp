// Small-signal measures against closed forms.
// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <complex>
#include <numbers>

#include "closed_form.hpp"

namespace exturbo::spice::closed_form {
namespace {

constexpr double kDegrees = 180 / std::numbers::pi;

/// Frequency at which a decreasing gain is one, by bisection on the closed form.
template <typename Gain>
double unity_of(Gain gain) {
  double low = 0, high = 10;
  for (int i = 0; i < 200; ++i) {
    const double middle = 0.5 * (low + high);
    (std::abs(gain(std::pow(10, middle))) > 1 ? low : high) = middle;
  }
  return std::pow(10, low);
}

void add_gain_metrics(problem::Problem& problem) {
  for (const char* metric : {"dc_gain", "unity_gain_frequency", "phase_margin"})
    add_metric(problem, metric, "open_loop");
}

TEST(SmallSignal, OnePoleAmplifierHasItsGainBandwidth) {
  // Gain 1000, 1 kohm and 1 uF: a pole at 159.15 Hz.
  auto problem = problem_of("E1 a 0 inp inn 1000\nR1 a out 1k\nC1 out 0 1u");
  add_testbench(problem, "open_loop", kOpenLoop, open_loop_analyses());
  add_gain_metrics(problem);
  const CornerOutcome outcome = simulate(problem);
  const double pole = 1 / (2 * std::numbers::pi * 1e-3);
  const double unity = pole * std::sqrt(1e6 - 1);
  EXPECT_NEAR(outcome.metrics.at("dc_gain"), 60 - 10 * std::log10(1 + 1 / (pole * pole)), 1e-4);
  EXPECT_NEAR(outcome.metrics.at("unity_gain_frequency"), unity, 1e-4 * unity);
  EXPECT_NEAR(outcome.metrics.at("phase_margin"), 180 - kDegrees * std::atan(unity / pole), 0.01);
}

TEST(SmallSignal, TwoPoleAmplifierHasItsPhaseMarginInEitherPolarity) {
  // Poles at 1 kHz and 5 MHz, gain 10^4: the second pole lies near the unity-gain frequency.
  const auto gain = [](double frequency) {
    const std::complex<double> j(0, 1);
    return 1e4 / ((1.0 + j * frequency / 1e3) * (1.0 + j * frequency / 5e6));
  };
  const double unity = unity_of(gain);
  for (const char* polarity : {"inp inn", "inn inp"}) {
    const bool inverting = std::string(polarity) == "inn inp";
    auto problem = problem_of(
        std::string("E1 a 0 ") + polarity +
        " 1e4\nR1 a b 1k\nC1 b 0 159.15494309189535n\nE2 c 0 b 0 1\nR2 c out 1k\nC2 out 0 31.830988618379068p");
    // The inverting amplifier is closed at DC through its other input.
    const std::string bench =
        inverting ? "Vdd vdd 0 DC {vdd}\nVp inn 0 DC {vcm}\nLf out inp 1e9\nCf inp 0 1\nXdut inp inn out vdd 0 amp\n"
                  : kOpenLoop;
    add_testbench(problem, "open_loop", bench, {{"differential", "ac dec 10 1 10g", {{"vp", inverting ? -1.0 : 1.0}}}});
    add_gain_metrics(problem);
    const CornerOutcome outcome = simulate(problem);
    EXPECT_NEAR(outcome.metrics.at("dc_gain"), 80, 1e-3);
    EXPECT_NEAR(outcome.metrics.at("unity_gain_frequency"), unity, 1e-3 * unity);
    EXPECT_NEAR(outcome.metrics.at("phase_margin"), 180 + kDegrees * std::arg(gain(unity)), 0.1);
  }
}

TEST(SmallSignal, FourPoleAmplifierHasANegativePhaseMargin) {
  // The phase passes -180 degrees before unity gain: it must be unwrapped.
  std::string body = "E1 n1 0 inp inn 1e5\n";
  for (int i = 1; i <= 4; ++i) {
    const std::string n = std::to_string(i), next = i == 4 ? "out" : "n" + std::to_string(i + 1);
    body += "R" + n + " n" + n + " m" + n + " 1k\nC" + n + " m" + n + " 0 159.15494309189535p\nE1" + n + " " + next +
            " 0 m" + n + " 0 1\n";
  }
  auto problem = problem_of(body);
  add_testbench(problem, "open_loop", kOpenLoop, open_loop_analyses());
  add_gain_metrics(problem);
  const CornerOutcome outcome = simulate(problem);
  // |H| = 1e5 / (1 + x^2)^2 = 1 at x = sqrt(sqrt(1e5) - 1) with poles at 1 MHz.
  const double x = std::sqrt(std::sqrt(1e5) - 1);
  EXPECT_NEAR(outcome.metrics.at("unity_gain_frequency"), 1e6 * x, 1e3 * x);
  EXPECT_NEAR(outcome.metrics.at("phase_margin"), 180 - 4 * kDegrees * std::atan(x), 0.1);
}

TEST(SmallSignal, RejectionRatiosOfAnIdealDifferentialAmplifier) {
  // out = 5000 (inp - inn) + 0.05 (inp + inn)/2 + 0.3 (vdd - 1.8).
  auto problem =
      problem_of("E1 a 0 inp inn 5000\nE2 b a inp 0 0.025\nE3 c b inn 0 0.025\nVr r 0 1.8\nE4 out c vdd r 0.3");
  add_testbench(problem, "open_loop", kOpenLoop, open_loop_analyses());
  add_metric(problem, "cmrr", "open_loop");
  add_metric(problem, "psrr", "open_loop");
  const CornerOutcome outcome = simulate(problem);
  const double differential = 20 * std::log10(5000.025);
  EXPECT_NEAR(outcome.metrics.at("cmrr"), differential - 20 * std::log10(0.05), 0.005);
  EXPECT_NEAR(outcome.metrics.at("psrr"), differential - 20 * std::log10(0.3), 0.005);
}

TEST(SmallSignal, ResistorNoiseIsFourKTR) {
  auto problem = problem_of("R1 inp a 1meg\nE1 out 0 a 0 100");
  add_testbench(problem, "open_loop", "Vdd vdd 0 DC {vdd}\nVp inp 0 DC 0\nXdut inp 0 out vdd 0 amp\n",
                {{"noise", "noise v(out) vp dec 5 100 10meg", {}}});
  add_metric(problem, "input_noise", "open_loop");
  add_metric(problem, "input_noise_1meg", "open_loop");
  const CornerOutcome outcome = simulate(problem);
  const double density = std::sqrt(4 * 1.380649e-23 * 300.15 * 1e6);
  EXPECT_NEAR(outcome.metrics.at("input_noise"), density, 1e-3 * density);
  EXPECT_NEAR(outcome.metrics.at("input_noise_1meg"), density, 1e-3 * density);
}

TEST(OperatingPoint, OffsetAndPowerOfKnownValues) {
  // 3 mV in series with the input; 2 kohm across the supply.
  auto problem = problem_of("Vos x inp -3m\nE1 out 0 x inn 1e6\nR1 vdd vss 2k");
  add_testbench(problem, "open_loop", kOpenLoop, open_loop_analyses());
  add_metric(problem, "offset", "open_loop");
  add_metric(problem, "power", "open_loop");
  const CornerOutcome outcome = simulate(problem);
  EXPECT_NEAR(outcome.metrics.at("offset"), 3e-3 + 0.897e-6, 3e-6);
  EXPECT_NEAR(outcome.metrics.at("power"), 1.8 * 1.8 / 2e3, 1e-6 * 1.62e-3);
}

TEST(Metrics, UserMeasAndExpressionsFollowTheBuiltInOnes) {
  auto problem = problem_of("E1 a 0 inp inn 1000\nR1 a out {r1}\nC1 out 0 1u\nR2 vdd vss 2k");
  problem.variables = {{"r1", 100, 10e3, problem::Scale::kLog, 0, false, "", 1, {}}};
  add_testbench(problem, "open_loop", std::string(kOpenLoop) + ".meas ac corner when vdb(out)=57 fall=1\n",
                open_loop_analyses());
  problem.testbenches[0].analyses = {{"differential", "ac dec 50 1 10g", {{"vp", 1}}}};
  add_gain_metrics(problem);
  add_metric(problem, "power", "open_loop");
  problem::MetricDefinition corner;
  corner.id = "corner";
  corner.kind = problem::MetricKind::kMeas;
  corner.measure = "corner";
  corner.testbench = "open_loop";
  problem.metrics.push_back(corner);
  problem::MetricDefinition figure;
  figure.id = "per_watt";
  figure.kind = problem::MetricKind::kExpression;
  figure.expression = "unity_gain_frequency / power + 0*vdd";
  problem.metrics.insert(problem.metrics.begin(), figure);  // before what it uses
  const CornerOutcome outcome = simulate(problem, {{"r1", 1e3}});
  // 57 dB of 60: |H|^2 falls by 10^0.3.
  const double pole = 1 / (2 * std::numbers::pi * 1e-3);
  const double expected = pole * std::sqrt(std::pow(10, 0.3) - 1);
  EXPECT_NEAR(outcome.metrics.at("corner"), expected, 2e-3 * expected);
  EXPECT_DOUBLE_EQ(outcome.metrics.at("per_watt"),
                   outcome.metrics.at("unity_gain_frequency") / outcome.metrics.at("power"));
}

}  // namespace
}  // namespace exturbo::spice::closed_form
