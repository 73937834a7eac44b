// Elements of a testbench with its cell expanded.
// SPDX-License-Identifier: BSD-3-Clause
#include "spice/circuit_elements.hpp"

#include <gtest/gtest.h>

namespace exturbo::spice {
namespace {

const CircuitElement* find(const std::vector<CircuitElement>& elements, const std::string& name) {
  for (const CircuitElement& element : elements) {
    if (element.name == name) return &element;
  }
  return nullptr;
}

TEST(CircuitElements, NodesAndNamesAreThoseOfNgspice) {
  problem::Problem problem;
  problem.cell = "amp";
  problem.netlist_lines = {".subckt amp in OUT vss",
                           "M1 out in mid vss nm W=1u L=1u",
                           "XB mid vss leg",
                           "XM2 out in vss vss nfet w=1 l=1",
                           ".ends",
                           ".subckt leg top bottom",
                           "Ra top m 1k",
                           "Rb m bottom 1k",
                           "B1 m 0 i=v(m)",
                           ".ends"};
  problem::Testbench bench;
  bench.name = "bench";
  bench.lines = {"Vin in 0 1", "Xdut in out 0 amp", "Cl out gnd 1p"};
  const auto elements = circuit_elements(problem, bench, {{"nfet", "mnfet"}});
  const CircuitElement* mos = find(elements, "M1");
  ASSERT_NE(mos, nullptr);
  EXPECT_EQ(mos->device, "m.xdut.m1");
  EXPECT_EQ(mos->nodes, (std::vector<std::string>{"out", "in", "xdut.mid", "0"}));
  const CircuitElement* library = find(elements, "XM2");
  ASSERT_NE(library, nullptr);
  EXPECT_EQ(library->letter, 'm');
  EXPECT_EQ(library->device, "m.xdut.xm2.mnfet");
  EXPECT_EQ(library->line, "xdut.xm2");
  const CircuitElement* resistor = find(elements, "XB.Ra");
  ASSERT_NE(resistor, nullptr);
  EXPECT_EQ(resistor->device, "r.xdut.xb.ra");
  EXPECT_EQ(resistor->cell, "leg");
  EXPECT_EQ(resistor->nodes, (std::vector<std::string>{"xdut.mid", "xdut.xb.m"}));
  const CircuitElement* load = find(elements, "bench.Cl");
  ASSERT_NE(load, nullptr);
  EXPECT_EQ(load->device, "cl");
  EXPECT_EQ(load->nodes, (std::vector<std::string>{"out", "0"}));
  const CircuitElement* behavioural = find(elements, "XB.B1");
  ASSERT_NE(behavioural, nullptr);
  EXPECT_TRUE(behavioural->nodes.empty());
}

}  // namespace
}  // namespace exturbo::spice
