// Decks as ngspice gets them.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/spice/deck.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "spice/netlist_text.hpp"
#include "spice/plan.hpp"

namespace exturbo::spice {
namespace {

problem::Problem small_problem() {
  problem::Problem problem;
  problem.name = "small";
  problem.netlist_lines = {".subckt amp inp inn out vdd vss",
                           "M1 out inp vss vss nmos W={w1} L={2*lmin} $ drawn",
                           "+ nrd=1",
                           "m2 out inp vdd vdd pmos W=2u L=1u M=3",
                           "X1 out leaf",
                           ".ends",
                           ".subckt leaf a",
                           "M9 a a 0 0 nmos W=1u L=1u",
                           ".ends"};
  problem.cell = "amp";
  problem.process.finger_width = 10e-6;
  problem.process.junction_length = 0.5e-6;
  problem.process.corners["tt"];
  problem.process.models = {{"nmos", "nmos", {{"level", 54}, {"version", 4}, {"rbodymod", 1}}},
                            {"pmos", "pmos", {{"level", 54}}}};
  problem.parameters = {{"vdd", 1.8}, {"lmin", 1e-7}};
  problem.variables = {{"w1", 1e-6, 1e-4, problem::Scale::kLog, 0, false, "", 1, {}}};
  problem.testbenches = {{"open_loop",
                          "open_loop.cir",
                          {"* bench", "Vdd vdd 0 {vdd}", "Vp inp 0 DC 0.9 AC 0.5 90", "Xdut inp 0 out vdd 0 amp",
                           ".meas ac best max vdb(out)"},
                          {{"differential", "ac dec 10 1 10g", {{"vp", 1}}}},
                          {}}};
  problem.corners = {problem::Corner{}};
  return problem;
}

bool has(const std::vector<std::string>& lines, const std::string& text) {
  return std::any_of(lines.begin(), lines.end(),
                     [&](const std::string& line) { return line.find(text) != std::string::npos; });
}

TEST(Deck, DerivedCardsOfALibraryLackTheNetworks) {
  auto problem = small_problem();
  problem.process.models.clear();
  problem.process.library["tt"].lines = {".param rbodymod_of=1",
                                         ".subckt nmos d g s b w=1 l=1",
                                         "M1 d g s b nmos__model W={w} L={l}",
                                         ".model nmos__model.0 nmos level=54 rbodymod = 1",
                                         "+ RGATEMOD={1} vth0=0.4",
                                         ".ends"};
  const auto plain = compose_deck(problem, problem.testbenches[0], problem.corners[0]).after;
  const auto derived = compose_deck(problem, problem.testbenches[0], problem.corners[0], true).after;
  ASSERT_EQ(plain.size(), derived.size());
  EXPECT_TRUE(has(plain, "rbodymod = 1"));
  EXPECT_TRUE(has(derived, ".model nmos__model.0 nmos level=54 rbodymod=0 rgatemod=0 vth0=0.4"));
  std::size_t differences = 0;
  for (std::size_t i = 0; i < plain.size(); ++i) differences += plain[i] != derived[i] ? 1 : 0;
  EXPECT_EQ(differences, 1U);
}

TEST(Deck, TitleFirstEndLastAndValuesExact) {
  const auto problem = small_problem();
  const auto deck = compose_deck(problem, problem.testbenches[0], problem.corners[0]);
  const auto lines = deck_lines(deck, {{"w1", 0.1}}, {{"xdut.a", 0.3}});
  EXPECT_NE(lines.front().find("small"), std::string::npos);
  EXPECT_EQ(lines.back(), ".end");
  EXPECT_TRUE(has(lines, ".param w1=0.1"));
  EXPECT_TRUE(has(lines, ".param vdd=1.8"));
  EXPECT_TRUE(has(lines, ".nodeset v(xdut.a)=0.3"));
  EXPECT_FALSE(has(lines, ".meas"));
}

TEST(Deck, SolvedFinelyUnlessThereIsATransient) {
  auto problem = small_problem();
  const auto options = [&] { return compose_deck(problem, problem.testbenches[0], problem.corners[0]).before.at(1); };
  EXPECT_NE(options().find("reltol=1e-6"), std::string::npos);
  problem.testbenches[0].analyses = {{"sweep", "dc vp 0 1 0.1", {}}};
  EXPECT_NE(options().find("reltol=1e-6"), std::string::npos);
  problem.testbenches[0].analyses.push_back({"step", "TRAN 1n 1u", {}});
  EXPECT_NE(options().find("reltol=1e-5"), std::string::npos);
}

TEST(Deck, WideDevicesAreSplitAndGetJunctionsUnlessTheNetlistSays) {
  const auto problem = small_problem();
  const auto lines = compose_deck(problem, problem.testbenches[0], problem.corners[0]).after;
  const auto m1 =
      *std::find_if(lines.begin(), lines.end(), [](const std::string& line) { return line.compare(0, 3, "m1 ") == 0; });
  EXPECT_NE(m1.find("m={max(1,ceil((w1)/1e-05-1e-6))}"), std::string::npos) << m1;
  EXPECT_NE(m1.find("ad={(w1)/max(1,ceil((w1)/1e-05-1e-6))*5e-07}"), std::string::npos) << m1;
  EXPECT_NE(m1.find("nrd=1"), std::string::npos) << m1;
  EXPECT_TRUE(has(lines, "m2 out inp vdd vdd pmos W=2u L=1u M=3"));
}

TEST(Deck, FastCardsLackTheResistorNetworksAndVersionsKeepTheirPoint) {
  const auto problem = small_problem();
  const auto original = compose_deck(problem, problem.testbenches[0], problem.corners[0], false).after;
  const auto fast = compose_deck(problem, problem.testbenches[0], problem.corners[0], true).after;
  EXPECT_TRUE(has(original, "rbodymod=1"));
  EXPECT_TRUE(has(fast, "rbodymod=0"));
  EXPECT_TRUE(has(original, "version=4.0"));
}

TEST(Deck, CornerOverridesParameters) {
  auto problem = small_problem();
  problem.corners[0].parameters["vdd"] = 1.7;
  problem.corners[0].temperature = 125;
  const auto lines = compose_deck(problem, problem.testbenches[0], problem.corners[0]).before;
  EXPECT_TRUE(has(lines, ".param vdd=1.7"));
  EXPECT_TRUE(has(lines, ".temp 125"));
}

TEST(Deck, SizedDeckSetsTheSourcesOfItsAnalysisAndMeasures) {
  const std::string text = sized_deck(small_problem(), problem::Corner{}, {{"w1", 2e-6}});
  for (const char* part : {".param w1=2e-06", "vp inp 0 dc 0.9 ac 1", "vdd vdd 0 {vdd} ac 0", ".ac dec 100 1 10g",
                           ".meas ac dc_gain", ".model nmos nmos", ".end"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
}

TEST(Deck, MeasNamesAreListedWithTheirKind) {
  EXPECT_EQ(meas_names(small_problem().testbenches[0].lines), (std::map<std::string, std::string>{{"best", "ac"}}));
}

TEST(NetlistText, WordsKeepExpressionsTogether) {
  EXPECT_EQ(words("M1 d g W = {a + b} L='2 * c' sin(0 1)"),
            (std::vector<std::string>{"m1", "d", "g", "w={a + b}", "l='2 * c'", "sin", "0", "1"}));
}

TEST(NetlistText, TransistorsOfNestedCellsAreNamedByTheirPath) {
  const auto devices = mos_instances(small_problem().netlist_lines, "AMP");
  ASSERT_EQ(devices.size(), 3u);
  EXPECT_EQ(devices[0].name, "M1");
  EXPECT_EQ(devices[1].path, "m2");
  EXPECT_EQ(devices[2].name, "X1.M9");
  EXPECT_EQ(devices[2].path, "x1.m9");
}

TEST(NetlistText, CellThatContainsItselfEnds) {
  EXPECT_LT(mos_instances({".subckt a p", "M1 p p p p n", "X1 p a", ".ends"}, "a").size(), 20u);
}

TEST(Plan, JsonRoundTripKeepsEverything) {
  const Plan plan = make_plan(small_problem(), {});
  const nlohmann::json json = to_json(plan);
  EXPECT_EQ(to_json(plan_from_json(json)), json);
  EXPECT_EQ(plan.ports, (std::vector<std::string>{"inp", "inn", "out", "vdd", "vss"}));
  EXPECT_EQ(plan.corners.at(0).testbenches.at(0).cell.name, "xdut");
  EXPECT_FALSE(plan.corners.at(0).testbenches.at(0).derived_deck.after.empty());
}

TEST(Plan, TellsTestbenchesWithEdgesInTime) {
  const auto edgeless = [](const std::string& line) {
    auto problem = small_problem();
    problem.testbenches[0].lines.push_back(line);
    return make_plan(problem, {}).corners.at(0).testbenches.at(0).edgeless;
  };
  EXPECT_TRUE(edgeless("Vin in 0 DC 0 SIN(0.9 0.1 10k)"));
  EXPECT_FALSE(edgeless("Vin in 0 DC 0 PULSE(0 1 1n 1n 1n 1u 2u)"));
  EXPECT_FALSE(edgeless("Iin in 0 pwl(0 0 1n 1)"));
  EXPECT_FALSE(edgeless("T1 a 0 b 0 z0=50 td=1n"));
}

}  // namespace
}  // namespace exturbo::spice
