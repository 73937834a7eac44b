// What a netlist makes of its variables: element lines, uses and units, sizes of transistors.
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/variable_uses.hpp"

#include <gtest/gtest.h>

namespace exturbo::problem::test {
namespace {

TEST(NetlistElements, JoinsContinuationsAndLeavesOutCommentsAndDotLines) {
  const auto elements = netlist_elements(
      {"* M9 {w1}", "+ lost", ".subckt x", "M1 d g s b nmos W = {2 * w1}", "+ L=1u", ".ends", " R1 a b {rz}"});
  ASSERT_EQ(elements.size(), 2U);
  EXPECT_EQ(elements[0].name, "M1");
  EXPECT_EQ(elements[0].values, (std::vector<std::pair<std::string, std::string>>{{"W", "2 * w1"}, {"L", "1u"}}));
  EXPECT_EQ(elements[1].values, (std::vector<std::pair<std::string, std::string>>{{"", "rz"}}));
}

TEST(NetlistElements, SurvivesBrokenLines) {
  for (const char* line : {"M1 {", "M1 W=", "M1 =", "M1 ={}", "M1 W={w1", "M"})
    EXPECT_EQ(netlist_elements({line}).size(), 1U) << line;
}

TEST(VariableUses, FindsKeysDevicesAndUnits) {
  const auto uses = variable_uses(netlist_elements({"M1 d g s b nmos W={W1} L={2*l1}", "+ m={n}",
                                                    "M2 d g s b nmos w={w1} l={l1}", "Ib a b {ib}", "R1 a b {rz}"}),
                                  {"w1", "l1", "n", "ib", "rz", "unused"});
  EXPECT_EQ(uses.at("w1").text(), "W of M1, M2");
  EXPECT_EQ(uses.at("w1").unit, "m");
  EXPECT_EQ(uses.at("l1").text(), "L of M1, M2");
  EXPECT_EQ(uses.at("n").text(), "M of M1");
  EXPECT_EQ(uses.at("n").unit, "");
  EXPECT_EQ(uses.at("ib").text(), "Ib");
  EXPECT_EQ(uses.at("ib").unit, "A");
  EXPECT_EQ(uses.at("rz").unit, "Ω");
  EXPECT_FALSE(uses.contains("unused"));
}

TEST(VariableUses, MultipliersAndMixedUsesHaveNoUnit) {
  const auto uses = variable_uses(
      netlist_elements({"M1 d g s b nmos W={w1}", "M2 d g s b nmos W={k*w1}", "M3 d g s b nmos W={x}", "R1 a b {x}"}),
      {"w1", "k", "x"});
  EXPECT_EQ(uses.at("w1").unit, "m");
  EXPECT_EQ(uses.at("k").unit, "");
  EXPECT_EQ(uses.at("x").unit, "");
}

TEST(DeviceSizes, EvaluatesTheNetlistsExpressions) {
  const auto sizes = device_sizes(
      netlist_elements({"m1 d g s b nmos W={K*w1} L=0.18u", "M2 d g s b nmos W={unknown} L={l1}", "R1 a b {w1}"}),
      {{"w1", 2e-6}, {"k", 3}, {"L1", 1e-6}});
  EXPECT_DOUBLE_EQ(sizes.at("M1").width.value(), 6e-6);
  EXPECT_DOUBLE_EQ(sizes.at("M1").length.value(), 0.18e-6);
  EXPECT_FALSE(sizes.at("M2").width);
  EXPECT_DOUBLE_EQ(sizes.at("M2").length.value(), 1e-6);
  EXPECT_EQ(sizes.size(), 2U);
}

TEST(DeviceSizes, SubcircuitTransistorsAreReadInTheUnitOfTheirLibrary) {
  Device device;
  device.is_subcircuit = true;
  device.width = "wtot";
  device.unit = 1e-6;
  const auto elements = netlist_elements({"XM1 d g s b FET params: wtot={2*w1} l = 0.15", "XM2 d g s b fet l={l1}",
                                          "+ wtot=3", "Xb a b bias w=1 l=1", "M3 d g s b fet W=1u L=2u", "R1 a b 1k"});
  EXPECT_EQ(elements[0].target, "fet");
  EXPECT_EQ(elements[1].target, "fet");
  EXPECT_EQ(elements[4].target, "1k");
  const auto sizes = device_sizes(elements, {{"w1", 5}, {"l1", 0.5}}, {{"fet", device}});
  ASSERT_EQ(sizes.size(), 3U);
  EXPECT_DOUBLE_EQ(*sizes.at("XM1").width, 10e-6);
  EXPECT_DOUBLE_EQ(*sizes.at("XM1").length, 0.15e-6);
  EXPECT_DOUBLE_EQ(*sizes.at("XM2").width, 3e-6);
  EXPECT_DOUBLE_EQ(*sizes.at("XM2").length, 0.5e-6);
  EXPECT_DOUBLE_EQ(*sizes.at("M3").width, 1e-6);
}

}  // namespace
}  // namespace exturbo::problem::test
