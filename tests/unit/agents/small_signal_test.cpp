#include "agents/designer/small_signal.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "cell_fixture.hpp"

namespace exturbo::agents {
namespace {

using circuit::CircuitDescription;
using circuit::Component;

CellPorts ports_of(const SizedCell& cell) {
  return {cell.net("inp"), cell.net("inn"), cell.net("out"), cell.net("vdd"), cell.net("vss")};
}

/// A transistor whose gate is inp, and one whose gate is inn, so that all ports are nets of the cell.
CircuitDescription common_source() {
  CircuitDescription description;
  description.components = {mos("NMOS", "M1", "out", "inp", "vss", "vss"), mos("PMOS", "M2", "out", "inn", "vdd", "vdd")};
  return description;
}

TEST(SmallSignal, CommonSourceHasGainGmOverGdsAndOnePole) {
  const problem::Problem problem = fixed_sizes();
  SizedCell cell(problem, common_source());
  ASSERT_TRUE(cell.faults().empty());
  const double gm = 1e-3, gds = 2e-5, load = 1e-11;
  const SmallSignal network(cell, {{gm, 0, gds, 0, 0, 0, 0}, {0, 0, gds, 0, 0, 0, 0}}, ports_of(cell), load);
  EXPECT_NEAR(network.output({1, 0, 0}, 1).real(), -gm / (2 * gds), 1e-3 * gm / (2 * gds));
  // One pole: |H| = A / sqrt(1 + (f/p)^2) is 3 at p sqrt(A^2/9 - 1), and the phase there is -atan(f/p).
  const double gain = gm / (2 * gds);
  const double pole = 2 * gds / (2 * std::numbers::pi * load);
  const auto frequency = network.unity_gain_frequency(1e6);
  ASSERT_TRUE(frequency);
  EXPECT_NEAR(*frequency, 3 * pole * std::sqrt(gain * gain / 9 - 1), 1e-6 * *frequency);
  EXPECT_NEAR(network.phase_margin(*frequency), 180 - std::atan(*frequency / pole) * 180 / std::numbers::pi, 1e-3);
}

TEST(SmallSignal, SupplyReachesTheOutputThroughTheLoadsConductance) {
  const problem::Problem problem = fixed_sizes();
  SizedCell cell(problem, common_source());
  const double gds = 1e-5;
  const SmallSignal network(cell, {{1e-3, 0, 3 * gds, 0, 0, 0, 0}, {0, 0, gds, 0, 0, 0, 0}}, ports_of(cell), 0);
  EXPECT_NEAR(network.output({0, 0, 1}, 1).real(), 0.25, 1e-6);
}

TEST(SmallSignal, TwoStagesWithMillerCapacitorCrossAtGmOverC) {
  // First stage: transconductance of M1 into net a; second: M2 from a to out; capacitor between.
  const problem::Problem problem = fixed_sizes();
  CircuitDescription description;
  description.components = {mos("NMOS", "M1", "a", "inp", "vss", "vss"), mos("NMOS", "M2", "out", "a", "vss", "vss"),
                            mos("PMOS", "M3", "out", "inn", "vdd", "vdd")};
  Component capacitor;
  capacitor.type = "Cap";
  capacitor.name = "C1";
  capacitor.ports = {{"Pos", "a"}, {"Neg", "out"}};
  capacitor.parameters = {{"C", "2p"}};
  description.components.push_back(capacitor);
  SizedCell cell(problem, description);
  cell.size({});
  const double gm1 = 1e-4, gm2 = 1e-2;
  const SmallSignal network(
      cell, {{gm1, 0, 1e-6, 0, 0, 0, 0}, {gm2, 0, 1e-5, 0, 0, 0, 0}, {0, 0, 1e-5, 0, 0, 0, 0}}, ports_of(cell), 1e-12);
  const auto frequency = network.unity_gain_frequency(1e5);
  ASSERT_TRUE(frequency);
  EXPECT_NEAR(*frequency, gm1 / (2 * std::numbers::pi * 2e-12), 0.01 * *frequency);
  EXPECT_NEAR(network.phase_margin(*frequency), 90, 3);
}

TEST(SmallSignal, GainBelowOneHasNoCrossing) {
  const problem::Problem problem = fixed_sizes();
  SizedCell cell(problem, common_source());
  const SmallSignal network(cell, {{1e-6, 0, 1e-5, 0, 0, 0, 0}, {0, 0, 1e-5, 0, 0, 0, 0}}, ports_of(cell), 1e-12);
  EXPECT_FALSE(network.unity_gain_frequency(1e6));
}

}  // namespace
}  // namespace exturbo::agents
