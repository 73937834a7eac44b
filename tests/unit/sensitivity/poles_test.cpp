// Poles and zeros of circuits whose formulas are in the books.
// SPDX-License-Identifier: BSD-3-Clause
#include "sensitivity/poles.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace exturbo::sensitivity {
namespace {

constexpr double kAll = 1e15;  ///< rad/s
const std::map<std::string, double> kDrive{{"vin", 1}};

spice::Network network_of(std::vector<spice::NetworkElement> elements) {
  elements.push_back({"bench.Vin", 'v', {"in", "0"}, 0});
  return {"bench", std::move(elements), {}};
}

TEST(LinearCircuit, ResistorAndCapacitorHaveTheirPole) {
  const auto circuit = linear_circuit(network_of({{"R1", 'r', {"in", "out"}, 1e3}, {"C1", 'c', {"out", "0"}, 1e-12}}),
                                      {}, kDrive, "out");
  ASSERT_EQ(circuit.fault, "");
  const auto poles = circuit_poles(circuit, 1, kAll);
  ASSERT_EQ(poles.size(), 1U);
  EXPECT_NEAR(poles[0].value.real(), -1e9, 1);
  EXPECT_EQ(poles[0].node, "out");
  EXPECT_TRUE(circuit_zeros(circuit, 1, kAll).empty());
  EXPECT_NEAR(std::abs(transfer(circuit, 1e9 / (2 * std::numbers::pi))), std::sqrt(0.5), 1e-9);
}

TEST(LinearCircuit, LadderHasBothPolesAndItsSharesSumToOne) {
  // s^2 R1 R2 C1 C2 + s (R1 C1 + R1 C2 + R2 C2) + 1
  const double r1 = 1e3, r2 = 10e3, c1 = 2e-12, c2 = 3e-12;
  const auto circuit = linear_circuit(network_of({{"R1", 'r', {"in", "a"}, r1},
                                                  {"C1", 'c', {"a", "0"}, c1},
                                                  {"R2", 'r', {"a", "out"}, r2},
                                                  {"C2", 'c', {"out", "0"}, c2}}),
                                      {}, kDrive, "out");
  const double a = r1 * r2 * c1 * c2, b = r1 * c1 + r1 * c2 + r2 * c2;
  const auto poles = circuit_poles(circuit, 1, kAll);
  ASSERT_EQ(poles.size(), 2U);
  for (const int i : {0, 1}) {
    const double root = (-b + (i == 0 ? 1 : -1) * std::sqrt(b * b - 4 * a)) / (2 * a);
    EXPECT_NEAR(poles[i].value.real(), root, 1e-9 * std::abs(root));
    double capacitance = 0, conductance = 0;
    for (const PoleShare& share : poles[i].shares) {
      capacitance += share.capacitance;
      conductance += share.conductance;
    }
    EXPECT_NEAR(capacitance, 1, 1e-9);
    EXPECT_NEAR(conductance, 1, 1e-9);
  }
  EXPECT_EQ(poles[0].node, "out");
  EXPECT_EQ(poles[1].node, "a");
}

TEST(LinearCircuit, SharesAreTheDerivativesOfThePole) {
  const auto slowest = [](double r1, double c2) {
    const auto circuit = linear_circuit(network_of({{"R1", 'r', {"in", "a"}, r1},
                                                    {"C1", 'c', {"a", "0"}, 2e-12},
                                                    {"R2", 'r', {"a", "out"}, 2e3},
                                                    {"C2", 'c', {"out", "0"}, c2}}),
                                        {}, kDrive, "out");
    return circuit_poles(circuit, 1, kAll).front();
  };
  const CircuitPole pole = slowest(1e3, 3e-12);
  const auto logarithm = [&](double r1, double c2) { return std::log(std::abs(slowest(r1, c2).value)); };
  const double step = 1e-4;
  const double by_c2 = (logarithm(1e3, 3e-12 * (1 + step)) - logarithm(1e3, 3e-12 * (1 - step))) / (2 * step);
  const double by_r1 = (logarithm(1e3 * (1 + step), 3e-12) - logarithm(1e3 * (1 - step), 3e-12)) / (2 * step);
  for (const PoleShare& share : pole.shares) {
    if (share.element == "C2") {
      EXPECT_NEAR(share.capacitance, -by_c2, 1e-6);
    }
    if (share.element == "R1") {
      EXPECT_NEAR(share.conductance, -by_r1, 1e-6);
    }
  }
}

TEST(LinearCircuit, MillerStageHasItsPolesAndItsZeroInTheRightHalfPlane) {
  // Two transconductors with a capacitor over the second: z = gm2 / Cc, p1 = -1 / (R1 Cc gm2 R2) nearly.
  const double gm2 = 1e-3, cc = 2e-12, r1 = 1e6, r2 = 1e5, c1 = 0.1e-12, c2 = 10e-12;
  const auto circuit = linear_circuit(network_of({{"G1", 'g', {"0", "a", "in", "0"}, 1e-4},
                                                  {"R1", 'r', {"a", "0"}, r1},
                                                  {"C1", 'c', {"a", "0"}, c1},
                                                  {"G2", 'g', {"out", "0", "a", "0"}, gm2},
                                                  {"R2", 'r', {"out", "0"}, r2},
                                                  {"C2", 'c', {"out", "0"}, c2},
                                                  {"Cc", 'c', {"a", "out"}, cc}}),
                                      {}, kDrive, "out");
  const double a = r1 * r2 * (c1 * c2 + cc * (c1 + c2));
  const double b = r1 * (c1 + cc) + r2 * (c2 + cc) + gm2 * r1 * r2 * cc;
  const double root = std::sqrt(b * b - 4 * a);
  const auto poles = circuit_poles(circuit, 1, kAll);
  ASSERT_EQ(poles.size(), 2U);
  EXPECT_NEAR(poles[0].value.real(), -2 / (b + root), 1e-6 * 2 / (b + root));
  EXPECT_NEAR(poles[1].value.real(), -(b + root) / (2 * a), 1e-9 * (b + root) / (2 * a));
  EXPECT_EQ(poles[0].node, "a");
  EXPECT_EQ(poles[1].node, "out");
  const auto zeros = circuit_zeros(circuit, 1, kAll);
  ASSERT_EQ(zeros.size(), 1U);
  EXPECT_NEAR(zeros[0].real(), gm2 / cc, 1e-6 * gm2 / cc);
  // By the gain of the second stage the pole falls with its transconductance.
  for (const PoleShare& share : poles[0].shares) {
    if (share.element == "G2") {
      EXPECT_NEAR(share.conductance, -1, 0.05);
    }
    if (share.element == "Cc") {
      EXPECT_NEAR(share.capacitance, 1, 0.05);
    }
  }
}

TEST(LinearCircuit, CellBetweenControlledSourcesAndAClosedLoopIsOpen) {
  // The loop through the inductor, and the input behind the capacitor, as in the benches.
  const auto circuit = linear_circuit(network_of({{"E1", 'e', {"a", "0", "in", "inn"}, 1e4},
                                                  {"R1", 'r', {"a", "out"}, 1e3},
                                                  {"C1", 'c', {"out", "0"}, 1e-9},
                                                  {"bench.Lf", 'l', {"out", "inn"}, 1e9},
                                                  {"bench.Cf", 'c', {"inn", "0"}, 1}}),
                                      {}, kDrive, "out");
  ASSERT_EQ(circuit.fault, "");
  const auto poles = circuit_poles(circuit, 1, kAll);
  ASSERT_EQ(poles.size(), 1U);
  EXPECT_NEAR(poles[0].value.real(), -1e6, 1);
  EXPECT_NEAR(std::abs(transfer(circuit, 1)), 1e4, 1);
}

TEST(LinearCircuit, ComplexPairIsToldOnce) {
  // A gyrator loaded by two capacitors: s^2 C^2 + s 2 g C + g^2 + gm^2.
  const double gm = 1e-3, r = 10e3, c = 1e-12;
  const auto circuit = linear_circuit(network_of({{"Rin", 'r', {"in", "a"}, r},
                                                  {"Ca", 'c', {"a", "0"}, c},
                                                  {"G1", 'g', {"0", "out", "a", "0"}, gm},
                                                  {"G2", 'g', {"a", "0", "out", "0"}, gm},
                                                  {"Rl", 'r', {"out", "0"}, r},
                                                  {"Cl", 'c', {"out", "0"}, c}}),
                                      {}, kDrive, "out");
  const auto poles = circuit_poles(circuit, 1, kAll);
  ASSERT_EQ(poles.size(), 1U);
  EXPECT_NEAR(poles[0].value.real(), -1 / (r * c), 1);
  EXPECT_NEAR(poles[0].value.imag(), gm / c, 1);
}

TEST(LinearCircuit, WhatIsNotKnownIsToldAndNotGuessed) {
  spice::Network network = network_of({{"R1", 'r', {"in", "out"}, 1e3}});
  EXPECT_NE(linear_circuit(network, {}, kDrive, "far").fault, "");
  EXPECT_NE(linear_circuit(network, {}, {{"vother", 1}}, "out").fault, "");
  network.elements.push_back({"M1", 'm', {"out", "in", "0", "0"}, 0});
  EXPECT_NE(linear_circuit(network, {}, kDrive, "out").fault.find("M1"), std::string::npos);
  network.elements.pop_back();
  network.unknown.push_back("B1");
  EXPECT_NE(linear_circuit(network, {}, kDrive, "out").fault.find("B1"), std::string::npos);
}

}  // namespace
}  // namespace exturbo::sensitivity
