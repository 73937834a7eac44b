// Variables resolved through parameters and subcircuits to instance values.
// SPDX-License-Identifier: BSD-3-Clause
#include "spice/elaboration.hpp"

#include <gtest/gtest.h>

namespace exturbo::spice {
namespace {

DeckTemplate deck_of(const std::vector<std::string>& lines) { return {{"title", ".param vdd=2"}, lines}; }

std::map<std::string, double> values_at(Elaboration& elaboration, const std::map<std::string, double>& variables) {
  const std::vector<double> values = elaboration.values(variables);
  std::map<std::string, double> result;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const InstanceParameter& parameter = elaboration.parameters()[i];
    result[parameter.device + "[" + parameter.parameter + "]"] = values[i];
  }
  return result;
}

TEST(Elaboration, FollowsParametersThroughNestedSubcircuits) {
  const DeckTemplate deck = deck_of(
      {".subckt cell a b", ".param half={w/2}", "M1 a b b b n W={w} L=1u m={max(1,ceil(w/10u-1e-6))}",
       "X1 a b inner k={2*half}", "X2 a b inner", "Rz a b {rz}", "Cz a b 1p", ".ends", ".subckt inner a b k={3*vdd}",
       "M9 a b b b n W={k} L={k/vdd}", ".ends", "Xdut p q cell", "Iref p 0 dc {rz/1meg}", "Vdd p 0 dc {vdd}"});
  Elaboration elaboration(deck, {"w", "rz"});
  ASSERT_EQ(elaboration.why_not(), "");
  const auto values = values_at(elaboration, {{"W", 25e-6}, {"RZ", 5e3}});
  EXPECT_DOUBLE_EQ(values.at("m.xdut.m1[w]"), 25e-6);
  EXPECT_DOUBLE_EQ(values.at("m.xdut.m1[m]"), 3);
  EXPECT_DOUBLE_EQ(values.at("m.xdut.x1.m9[w]"), 25e-6);
  EXPECT_DOUBLE_EQ(values.at("m.xdut.x1.m9[l]"), 12.5e-6);
  EXPECT_DOUBLE_EQ(values.at("r.xdut.rz[resistance]"), 5e3);
  EXPECT_DOUBLE_EQ(values.at("iref[dc]"), 5e-3);
  // What depends on no variable is not touched: the second inner cell, the capacitor, the supply.
  EXPECT_EQ(values.size(), 6u);
}

TEST(Elaboration, SaysWhereAVariableReachesWhatCannotBeChangedInPlace) {
  const auto why_not = [](const std::string& line) { return Elaboration(deck_of({line}), {"w"}).why_not(); };
  EXPECT_NE(why_not("Bx a 0 v={w*v(b)}"), "");
  EXPECT_NE(why_not("Vx a 0 dc 0 sin(0 {w} 1k)"), "");
  EXPECT_NE(why_not(".model n nmos vth0={w}"), "");
  EXPECT_NE(why_not(".nodeset v(a)={w}"), "");
  EXPECT_NE(why_not("Rx a 0 {sin(w)}"), "") << "a function that may mean something else to ngspice";
  EXPECT_NE(why_not("Xa a b nowhere"), "");
  EXPECT_EQ(why_not("Vx w 0 dc 1"), "") << "a node may be called like a variable";
}

}  // namespace
}  // namespace exturbo::spice
