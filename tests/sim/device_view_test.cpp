// The device view of simulated circuits: inversion, shares and poles.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/sensitivity/device_view.hpp"

#include <cmath>
#include <complex>
#include <numbers>

#include "closed_form.hpp"
#include "exturbo/problem/load.hpp"
#include "exturbo/problem/process.hpp"

namespace exturbo::sensitivity {
namespace {

using spice::closed_form::add_metric;
using spice::closed_form::add_testbench;
using spice::closed_form::problem_of;

constexpr double kThermal = 0.025864954;  ///< V at 27 C.
constexpr double kDegrees = 180 / std::numbers::pi;

spice::CornerOutcome simulate(const problem::Problem& problem, const std::map<std::string, double>& variables = {}) {
  for (const auto& fault : spice::check_problem(problem)) ADD_FAILURE() << core::to_string(fault);
  spice::Pool pool(problem, {});
  spice::Request request{1, variables, {}, {}};
  request.small_signal = true;
  pool.submit(request);
  const auto finished = pool.wait_any(std::chrono::seconds(60));
  return finished ? finished->outcome.corners.at(0) : spice::CornerOutcome{};
}

TEST(DeviceView, DiodesOfThreeCurrentsAreInWeakModerateAndStrongInversion) {
  for (const char* process : {"ptm90", "ptm180"}) {
    auto problem = problem_of(
        "I1 vdd a 10n\nM1 a a vss vss nmos W=10u L=1u\nI2 vdd b 5u\nM2 b b vss vss nmos W=10u L=1u\n"
        "I3 vdd c 400u\nM3 c c vss vss nmos W=10u L=1u\nR1 inp out 1k");
    problem.process = problem::load_process(process, {{EXTURBO_SOURCE_DIR "/pdk"}, {}, false});
    add_testbench(problem, "bench", "Vdd vdd 0 DC {vdd}\nVin inp 0 DC 0.6\nXdut inp 0 out vdd 0 amp\n", {});
    add_metric(problem, "power", "bench");
    const spice::CornerOutcome outcome = simulate(problem);
    const DeviceView view = view_devices(problem, problem.corners.front(), outcome);
    EXPECT_EQ(view.devices.at("M1").inversion, "weak");
    EXPECT_LT(view.devices.at("M1").inversion_coefficient.value(), 0.1);
    EXPECT_EQ(view.devices.at("M2").inversion, "moderate");
    EXPECT_EQ(view.devices.at("M3").inversion, "strong");
    // Weak inversion: gm/ID is 1 / (n U_T), n within a sixth of 1 + gmbs/gm.
    const spice::DeviceState& weak = outcome.devices.at("M1");
    EXPECT_NEAR(weak.gm / weak.id * kThermal * (1 + weak.gmbs / weak.gm), 1, 1.0 / 6);
    EXPECT_FALSE(view.why_no_poles.empty());
  }
}

/// A level-1 common-source stage that drives its load through a resistor.
TEST(DeviceView, LoadedCommonSourceHasItsPole) {
  auto problem = problem_of(
      "M1 out inp vss vss nm W=10u L=1u\nRl vdd out 10k\nCo out vss 2p\n.model nm nmos level=1 vto=0.5 kp=100u "
      "tox=10n\n");
  add_testbench(problem, "bench", "Vdd vdd 0 DC {vdd}\nVin inp 0 DC 0.8\nXdut inp 0 out vdd 0 amp\nCl out 0 8p\n",
                {{"differential", "ac dec 10 1 10g", {{"vin", 1}}}});
  add_metric(problem, "dc_gain", "bench");
  add_metric(problem, "unity_gain_frequency", "bench");
  add_metric(problem, "phase_margin", "bench");
  const DeviceView view = view_devices(problem, problem.corners.front(), simulate(problem));
  ASSERT_EQ(view.why_no_poles, "");
  ASSERT_EQ(view.poles.size(), 1U);
  const Pole& pole = view.poles.front();
  const double expected = 1 / (2 * std::numbers::pi * 10e3 * 10e-12);
  EXPECT_NEAR(pole.frequency, expected, 1e-3 * expected);
  EXPECT_EQ(pole.node, "out");
  EXPECT_EQ(pole.role, "dominant");
  ASSERT_EQ(pole.devices.size(), 3U);
  std::map<std::string, PoleContribution> parts;
  for (const PoleContribution& part : pole.devices) parts[part.element] = part;
  EXPECT_NEAR(parts.at("Rl").conductance, 1, 1e-3);
  EXPECT_NEAR(parts.at("bench.Cl").capacitance, 0.8, 1e-3);
  EXPECT_NEAR(parts.at("Co").capacitance, 0.2, 1e-3);
}

/// Degrees by which a zero in the left half plane turns the phase at a frequency; a complex pair is one.
double turn(double frequency, double place, const std::optional<double>& quality) {
  if (!quality) return std::atan(frequency / place) * kDegrees;
  return std::arg(std::complex<double>(place * place - frequency * frequency, place / *quality * frequency)) * kDegrees;
}

/// Phase margin that poles and zeros make at a frequency, in degrees.
double phase_margin(const DeviceView& view, double frequency) {
  double phase = 180;
  for (const Pole& pole : view.poles) phase -= turn(frequency, pole.frequency, pole.quality);
  for (const Zero& zero : view.zeros)
    phase += (zero.right_half_plane ? -1 : 1) * turn(frequency, zero.frequency, zero.quality);
  return phase;
}

problem::Problem circuit(const std::string& file) {
  auto loaded = problem::load_problem(EXTURBO_SOURCE_DIR "/circuits/" + file);
  for (const auto& fault : loaded.faults) ADD_FAILURE() << core::to_string(fault);
  return std::move(loaded.problem);
}

TEST(DeviceView, MillerAmplifierHasTheDominantPoleAtItsFirstStageAndTheSecondAtTheOutput) {
  const problem::Problem problem = circuit("miller/ptm90.json");
  const auto variables = problem::complete_variables(problem, problem::middle_values(problem));
  const spice::CornerOutcome outcome = simulate(problem, variables);
  const DeviceView view = view_devices(problem, problem.corners.front(), outcome);
  ASSERT_EQ(view.why_no_poles, "");
  ASSERT_GE(view.poles.size(), 2U);
  const double unity = outcome.metrics.at("unity_gain_frequency");
  const double gain = std::pow(10, outcome.metrics.at("dc_gain") / 20);
  EXPECT_EQ(view.poles[0].node, "xdut.d2");
  EXPECT_EQ(view.poles[0].devices.front().element, "Cc");
  // The unity-gain frequency lies below gain times pole by what the second pole takes.
  EXPECT_NEAR(view.poles[0].frequency, unity / gain, 0.25 * unity / gain);
  EXPECT_EQ(view.poles[1].node, "out");
  EXPECT_EQ(view.poles[1].devices.front().element, "M6");
  // All that turns the phase by a degree is there.
  EXPECT_NEAR(phase_margin(view, unity), outcome.metrics.at("phase_margin"), 2);
  double power = 0, noise = 0;
  for (const auto& [name, entry] : view.devices) {
    power += entry.power_share.value_or(0);
    noise += entry.noise_share.value_or(0);
  }
  EXPECT_NEAR(power, 1, 1e-9);
  EXPECT_NEAR(noise, 1, 1e-3);
}

TEST(DeviceView, MoreCapacitanceMovesThePolesAsTheirSharesSay) {
  problem::Problem problem = circuit("miller/ptm90.json");
  const auto variables = problem::complete_variables(problem, problem::middle_values(problem));
  const auto second = [&] {
    return view_devices(problem, problem.corners.front(), simulate(problem, variables)).poles.at(1);
  };
  const Pole before = second();
  problem.parameters["cl"] *= 1.02;
  const Pole after = second();
  double share = 0;
  for (const PoleContribution& part : before.devices) share += part.element == "open_loop.Cl" ? part.capacitance : 0;
  EXPECT_NEAR(std::log(after.frequency / before.frequency), -share * std::log(1.02), 0.03 * share * std::log(1.02));
}

TEST(DeviceView, PolesAndZerosGiveTheSimulatedPhaseMarginOfEachCell) {
  for (const char* file : {"miller/ptm180.json", "folded_cascode/ptm90.json", "class_ab/ptm45.json"}) {
    const problem::Problem problem = circuit(file);
    const auto variables = problem::complete_variables(problem, problem::middle_values(problem));
    const spice::CornerOutcome outcome = simulate(problem, variables);
    const DeviceView view = view_devices(problem, problem.corners.front(), outcome);
    ASSERT_EQ(view.why_no_poles, "") << file;
    EXPECT_NEAR(phase_margin(view, outcome.metrics.at("unity_gain_frequency")), outcome.metrics.at("phase_margin"), 3)
        << file;
  }
}

TEST(DeviceView, JsonHasTheKeysOfTheReport) {
  const problem::Problem problem = circuit("ota5/ptm180.json");
  const auto variables = problem::complete_variables(problem, problem::middle_values(problem));
  const run::Json json = to_json(view_devices(problem, variables));
  const run::Json& device = json.at("devices").at("M1");
  for (const char* key :
       {"region", "id", "gm_over_id", "inversion_coefficient", "inversion", "vdsat", "margin", "power_share"})
    EXPECT_TRUE(device.contains(key)) << key;
  const run::Json& pole = json.at("poles").at(0);
  for (const char* key : {"node", "frequency", "devices", "role"}) EXPECT_TRUE(pole.contains(key)) << key;
  EXPECT_EQ(pole.at("role"), "dominant");
}

}  // namespace
}  // namespace exturbo::sensitivity
