// Drafts of netlists as people have them: numbers for sizes, pins and models of any name, benches around the cell.
// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <cmath>
#include <sstream>

#include "drafted.hpp"
#include "exturbo/sizing/simulate.hpp"
#include "support/made_process.hpp"

using namespace exturbo;
using namespace exturbo::test;

namespace {

/// A two-stage amplifier with numbers, whose inputs are named by nothing.
constexpr const char* kTwoStage = R"(* from a data base
.model nch_lvt nmos level=54
.subckt amp a b vo vhigh vlow
* first stage
MP1 x1 a t t pch W=20u L=0.2u
MP2 x2 b t t pch W=20u L=0.2u
MN3 x1 x1 vlow vlow nch_lvt W=4u L=0.4u
MN4 x2 x1 vlow vlow nch_lvt W=4u L=0.4u
MP5 t pb vhigh vhigh pch W=8u L=0.3u m=2
MP8 pb pb vhigh vhigh pch W=8u L=0.3u
Ib pb vlow DC 5u
MN6 vo x2 vlow vlow nch_lvt W=40u L=0.4u nf=4
MP7 vo pb vhigh vhigh pch W=84u L=0.3u ad=1p ps=2u
Rz x2 z 1k tc1=0
Cz z vo 2p
.ends
Xtest 1 2 3 4 0 amp
V1 4 0 1.2
.ac dec 10 1 1g
.end
)";

bool holds(const std::string& text, const std::string& line) { return text.find(line + "\n") != std::string::npos; }

}  // namespace

TEST(DraftNetlist, NumbersBecomeVariablesThatMatchedDevicesShare) {
  const auto result = draft_of(kTwoStage, "ptm90", "opamp", {{"inp", "b"}, {"inn", "a"}});
  ASSERT_EQ(listed(result.faults), "");
  const std::string& cell = result.draft.files.at("amp.cir");
  for (const char* line :
       {"MP1 x1 a t t pmos w={w_mp1} l={l_mp1}", "MP2 x2 b t t pmos w={w_mp1} l={l_mp1}",
        "MN3 x1 x1 vlow vlow nmos w={w_mn3} l={l_mn3}", "MN4 x2 x1 vlow vlow nmos w={w_mn3} l={l_mn3}",
        "MP5 t pb vhigh vhigh pmos w={k_mp5*w_mp8} l={l_mp8}", "MP8 pb pb vhigh vhigh pmos w={w_mp8} l={l_mp8}",
        "Ib pb vlow dc {i_ib}", "MN6 vo x2 vlow vlow nmos w={w_mn6} l={l_mn6}",
        "MP7 vo pb vhigh vhigh pmos w={10.5*w_mp8} l={l_mp8}", "Rz x2 z {r_rz} tc1=0", "Cz z vo {c_cz}",
        "* first stage"})
    EXPECT_TRUE(holds(cell, line)) << line << " is not in\n" << cell;
  for (const char* left_behind : {"Xtest", "V1", ".ac", ".end\n", ".model"})
    EXPECT_EQ(cell.find(left_behind), std::string::npos) << left_behind;
  EXPECT_EQ(result.draft.notes.size(), 1U) << "MP7 keeps its ratio";

  const TemporaryFolder folder;
  const problem::Problem problem = opened(result.draft, folder);
  EXPECT_DOUBLE_EQ(variable(problem, "w_mp1").start.value(), 20e-6);
  EXPECT_DOUBLE_EQ(variable(problem, "w_mp8").start.value(), 8e-6);
  EXPECT_EQ(variable(problem, "k_mp5").start, 2);
  EXPECT_TRUE(variable(problem, "k_mp5").integer);
  EXPECT_DOUBLE_EQ(variable(problem, "i_ib").start.value(), 5e-6);
  EXPECT_EQ(problem.variables.size(), 12U);
}

TEST(DraftNetlist, TheStartIsTheCircuitThatTheNetlistGave) {
  const TemporaryFolder folder;
  const auto result = draft_of(kTwoStage, "ptm90", "opamp", {{"inp", "b"}, {"inn", "a"}});
  problem::Problem problem = opened(result.draft, folder);
  const run::Json drafted = sizing::simulate(problem, {}).at("best").at("metrics");
  // The same circuit as it was given, on the same benches: its own names of models are the only thing to change.
  std::string given = kTwoStage;
  const auto replace = [&](const std::string& from, const std::string& to) {
    for (std::size_t at = 0; (at = given.find(from, at)) != std::string::npos; at += to.size())
      given.replace(at, from.size(), to);
  };
  replace(" pch", " pmos");
  replace(" nch_lvt W", " nmos W");
  replace(" m=2", " ");
  replace("W=8u L=0.3u \n", "W=16u L=0.3u\n");
  replace(" ad=1p ps=2u", "");
  replace(" nf=4", "");
  given = given.substr(given.find(".subckt"));
  given.resize(given.find("Xtest"));
  problem.netlist_lines.clear();
  std::istringstream lines(given);
  for (std::string line; std::getline(lines, line);) problem.netlist_lines.push_back(line);
  const run::Json numbers = sizing::simulate(problem, {}).at("best").at("metrics");
  ASSERT_EQ(numbers.size(), drafted.size());
  for (const auto& [metric, value] : numbers.items())
    EXPECT_NEAR(drafted.at(metric).get<double>(), value.get<double>(), 1e-6 * std::abs(value.get<double>())) << metric;
  EXPECT_GT(drafted.at("dc_gain").get<double>(), 60);
}

TEST(DraftNetlist, InputsThatNothingNamesAreToldApartBySimulation) {
  const auto result = draft_of(kTwoStage, "ptm90", "opamp");
  ASSERT_EQ(listed(result.faults), "");
  EXPECT_TRUE(holds(result.draft.files.at("open_loop.cir"), "Xdut inn inp out vdd 0 amp"));
  // With the load mirrored to the other side the other input inverts.
  std::string other = kTwoStage;
  other.replace(other.find("MN3 x1 x1"), 9, "MN3 x1 x2");
  other.replace(other.find("MN4 x2 x1"), 9, "MN4 x2 x2");
  other.replace(other.find("MN6 vo x2"), 9, "MN6 vo x1");
  other.replace(other.find("Rz x2"), 5, "Rz x1");
  const auto swapped = draft_of(other, "ptm90", "opamp");
  ASSERT_EQ(listed(swapped.faults), "");
  EXPECT_TRUE(holds(swapped.draft.files.at("open_loop.cir"), "Xdut inp inn out vdd 0 amp"));
}

TEST(DraftNetlist, PinsAreFoundByUsualNames) {
  const char* body = R"(M1 d1 %P t %S nmos W={w1} L={l1}
M2 %O %N t %S nmos W={w1} L={l1}
M3 d1 d1 %D %D pmos W={w3} L={l1}
M4 %O d1 %D %D pmos W={w3} L={l1}
I1 t %S {ib}
.ends
)";
  const std::vector<std::array<std::string, 5>> names{
      {"inp", "inn", "out", "vdd", "vss"}, {"VIN+", "vin-", "VOUT", "AVDD", "AGND"},
      {"vip", "vin", "vo", "vcc", "gnd"},  {"in+", "in-", "output", "vdda", "vssa"},
      {"vp", "vn", "o", "vdda", "gnda"},   {"plus", "minus", "out", "vsup", "0"}};
  for (const auto& [p, n, o, d, s] : names) {
    std::string text = ".subckt ota " + n + " " + p + " " + s + " " + o + " " + d + "\n" + body;
    for (const auto& [mark, name] :
         std::map<std::string, std::string>{{"%P", p}, {"%N", n}, {"%O", o}, {"%D", d}, {"%S", s}}) {
      for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos;) text.replace(at, 2, name);
    }
    const auto result = draft_of(text, "ptm180", "ota");
    ASSERT_EQ(listed(result.faults), "") << text;
    EXPECT_TRUE(holds(result.draft.files.at("open_loop.cir"), "Xdut inn inp 0 out vdd ota")) << text;
    EXPECT_TRUE(holds(result.draft.files.at("follower.cir"), "Xdut out inp 0 out vdd ota")) << text;
    EXPECT_TRUE(result.draft.notes.empty());
  }
}

TEST(DraftNetlist, PortsThatBiasTheCellGetSourcesWhoseValuesAreVariables) {
  const auto result = draft_of(R"(.subckt tele in+ in- o casn casp iref top bottom
M1 a in+ t bottom nfet
M2 b in- t bottom nfet
M3 c casn a bottom nfet
M4 o casn b bottom nfet
M5 c casp e top pfet
M6 o casp f top pfet
M7 e c top top pfet
M8 f c top top pfet
M9 t iref bottom bottom nfet
M10 iref iref bottom bottom nfet
.ends
)",
                               "ptm180", "opamp");
  ASSERT_EQ(listed(result.faults), "");
  const std::string& bench = result.draft.files.at("open_loop.cir");
  for (const char* line : {"Vb_casn b_casn 0 DC {v_casn}", "Vb_casp b_casp 0 DC {v_casp}",
                           "Ib_iref vdd b_iref DC {i_iref}", "Xdut inp inn out b_casn b_casp b_iref vdd 0 tele"})
    EXPECT_TRUE(holds(bench, line)) << line << " is not in\n" << bench;
  const std::string& cell = result.draft.files.at("tele.cir");
  // A wide-swing mirror's reference is the device below the cascode at its gate.
  EXPECT_TRUE(holds(cell, "M8 f c top top pmos w={w_m7} l={l_m7}")) << cell;
  EXPECT_TRUE(holds(cell, "M9 t iref bottom bottom nmos w={k_m9*w_m10} l={l_m10}")) << cell;
  const TemporaryFolder folder;
  const problem::Problem problem = opened(result.draft, folder);
  EXPECT_DOUBLE_EQ(variable(problem, "v_casn").max, 0.9 * 1.8);
  EXPECT_DOUBLE_EQ(variable(problem, "v_casp").min, 0.1 * 1.8);
  EXPECT_FALSE(variable(problem, "w_m1").start) << "nothing was given";
}

TEST(DraftNetlist, ParametersThatAreNumbersBecomeVariablesAndExpressionsStay) {
  const auto result = draft_of(R"(.param wp=10u lmin=0.2u wq={2*wp} unused=3
.subckt inner d g s b size=1u
M1 d g s b nmos W={size} L={lmin}
.ends
.subckt ota inp inn out vdd vss wt=4u
X1 d1 inp t vss inner size={wp}
X2 out inn t vss inner size={wp}
M3 d1 d1 vdd vdd pmos W={wq} L={lmin}
M4 out d1 vdd vdd pmos W={wq} L={lmin}
M5 t nb vss vss nmos W={3*wt} L={lmin}
M6 nb nb vss vss nmos W={wt} L={lmin}
I1 vdd nb 10u
.ends
)",
                               "ptm90", "ota");
  ASSERT_EQ(listed(result.faults), "");
  const TemporaryFolder folder;
  const problem::Problem problem = opened(result.draft, folder);
  EXPECT_EQ(variable_names(problem), (std::set<std::string>{"wp", "lmin", "wt", "i_i1"}));
  EXPECT_DOUBLE_EQ(variable(problem, "wp").start.value(), 10e-6);
  EXPECT_DOUBLE_EQ(variable(problem, "wt").start.value(), 4e-6);
  const std::string& cell = result.draft.files.at("ota.cir");
  EXPECT_NE(cell.find("wq={2*wp}"), std::string::npos) << cell;
  EXPECT_TRUE(holds(cell, ".subckt ota inp inn out vdd vss")) << cell;
  EXPECT_TRUE(sizing::simulate(problem, {}).at("best").at("metrics").contains("dc_gain"));
}

TEST(DraftNetlist, SizesThatTheProcessCannotMakeStartAtItsSmallest) {
  std::string small = kTwoStage;
  for (std::size_t at = 0; (at = small.find("L=0.", at)) != std::string::npos; at += 6) small.replace(at, 6, "L=50n ");
  const auto result = draft_of(small, "ptm180", "opamp", {{"inp", "b"}, {"inn", "a"}});
  ASSERT_EQ(listed(result.faults), "");
  const TemporaryFolder folder;
  EXPECT_DOUBLE_EQ(variable(opened(result.draft, folder), "l_mp1").start.value(), 0.18e-6);
  EXPECT_GE(result.draft.notes.size(), 2U);
}

TEST(DraftNetlist, SizesWithoutTheirUnitAreFaults) {
  std::string text = kTwoStage;
  text.replace(text.find("W=20u L=0.2u"), 12, "W=20 L=0.2");
  const auto result = draft_of(text, "ptm180", "opamp", {{"inp", "b"}, {"inn", "a"}});
  ASSERT_EQ(ids(result.faults), "INI-016 INI-016");
  EXPECT_EQ(result.faults[0].place, "line 5");
}

TEST(DraftNetlist, ASingleInputMayFollowOrInvert) {
  const std::string source = R"(.subckt cs vin vout vdd gnd
M1 vout vin gnd gnd nmos W=10u L=0.5u
M2 vout pb vdd vdd pmos W=20u L=0.5u
M3 pb pb vdd vdd pmos W=20u L=0.5u
I1 pb gnd 50u
.ends
)";
  const std::string buffered = R"(.subckt cs vin vout vdd gnd
M1 x vin gnd gnd nmos W=10u L=0.5u
R1 vdd x 20k
M2 vout x vdd vdd pmos W=20u L=0.5u
R2 vout gnd 20k
.ends
)";
  for (const auto& [text, sign] : std::map<std::string, std::string>{{source, "(1+tanh"}, {buffered, "(1-tanh"}}) {
    const TemporaryFolder folder;
    const auto result = draft_of(text, "ptm180", "siso");
    ASSERT_EQ(listed(result.faults), "");
    EXPECT_NE(result.draft.files.at("open_loop.cir").find(sign), std::string::npos);
    const run::Json metrics = sizing::simulate(opened(result.draft, folder), {}).at("best").at("metrics");
    EXPECT_GT(metrics.at("dc_gain").get<double>(), 10);
  }
}

TEST(DraftNetlist, WhatCannotBeKnownIsAFaultThatSaysWhatToGive) {
  const auto faults = [](const std::string& text, const std::string& kind = "ota",
                         const std::map<std::string, std::string>& pins = {}) {
    return ids(draft_of(text, "ptm90", kind, pins).faults);
  };
  EXPECT_EQ(faults("R1 a b 1k\n"), "INI-001");
  EXPECT_EQ(faults(".subckt a x y\nR1 x y 1k\n.ends\n.subckt b x y\nR1 x y 1k\n.ends\n"), "INI-003");
  EXPECT_EQ(faults(".subckt a x y z\nM1 x y z z qqq W=1u L=1u\n.ends\n"), "CKT-012");
  EXPECT_EQ(faults(".subckt a inp inn out vdd vss\nR1 inp inn 1\nR2 out vdd {cl}\nR3 vss 0 1\n.ends\n"), "INI-010");
  EXPECT_EQ(faults(kTwoStage, "opam"), "INI-012");
  EXPECT_EQ(faults(kTwoStage, "opamp", {{"inq", "a"}, {"inn", "q"}}), "INI-005 INI-004");
  EXPECT_EQ(faults(kTwoStage, "siso"), "INI-008");
  // All at once: four pins of five.
  EXPECT_EQ(faults(".subckt a p1 p2 p3 p4 vss\nR1 p1 p2 1k\nR2 p3 p4 1k\n.ends\n"), "INI-008 INI-008 INI-008 INI-008");
}

TEST(DraftNetlist, PinsOfTheCommandLineAreReadAllFaultsAtOnce) {
  std::vector<core::Fault> faults;
  EXPECT_EQ(agents::read_pins("inp=A,inn=b", faults), (std::map<std::string, std::string>{{"inp", "a"}, {"inn", "b"}}));
  EXPECT_TRUE(faults.empty());
  agents::read_pins("inp,=b,out=,vdd=x,vdd=y", faults);
  EXPECT_EQ(ids(faults), "INI-007 INI-007 INI-007 INI-007");
}

TEST(DraftNetlist, CardsThatTheNetlistIncludesTellThePolarityAndStayBehind) {
  const TemporaryFolder folder;
  folder.write("cards/a.inc", ".model quick nmos level=54\n+ vth0=0.4\n.model slow pmos level=54\n");
  const auto netlist = folder.write("bare.cir", R"(.include cards/a.inc
.subckt ota inp inn out vdd vss
M1 d inp t vss quick W={w1} L={l1}
M2 out inn t vss quick W={w1} L={l1}
M3 d d vdd vdd slow W={w3} L={l1}
M4 out d vdd vdd slow W={w3} L={l1}
I1 t vss {ib}
.ends
)");
  const auto result = agents::draft_problem(netlist, process("ptm45"), options("ptm45", "ota"));
  ASSERT_EQ(listed(result.faults), "");
  EXPECT_TRUE(holds(result.draft.files.at("ota.cir"), "M3 d d vdd vdd pmos w={w3} l={l1}"));
  EXPECT_EQ(result.draft.files.at("ota.cir").find(".model"), std::string::npos);
  EXPECT_EQ(opened(result.draft, folder).variables.size(), 4U);
}

TEST(DraftNetlist, LargeAndOddOnesAreReadInTime) {
  std::string many = ".subckt a inp inn out vdd vss\n", chain = many, long_names = many;
  for (int i = 0; i < 9000; ++i) {
    const std::string n = std::to_string(i);
    many += "M" + n + " out inp t vss nmos W={a" + n + "*b" + n + "} L=1u\n";
  }
  EXPECT_EQ(ids(draft_of(many + ".ends\n", "ptm90", "opamp", {{"vdd", "vdd"}}).faults), "CKT-016");
  many.resize(many.find("M2000 "));
  EXPECT_EQ(ids(draft_of(many + ".ends\n", "ptm90", "opamp", {{"vdd", "vdd"}}).faults), "INI-017");
  for (int i = 0; i < 100; ++i) {
    const std::string n = std::to_string(i), next = std::to_string(i + 1);
    chain += "M" + n + " out inp t" + n + " vss nmos W={w" + n + "*w" + next + "} L={l}\n";
  }
  EXPECT_EQ(ids(draft_of(chain + "M_ out inn t1 vss nmos W={w1} L={l}\n.ends\n", "ptm90", "opamp").faults), "");
  long_names += "M1 out inp t vss " + std::string(9000, 'z') + " W=1u L=1u\n.ends\n";
  EXPECT_EQ(ids(draft_of(long_names, "ptm90", "opamp").faults), "CKT-012");
}

TEST(DraftNetlist, NamesThatSayTheOppositeOfTheSimulationAreTold) {
  const auto right = draft_of(kTwoStage, "ptm90", "opamp", {{"inp", "b"}, {"inn", "a"}});
  const auto wrong = draft_of(kTwoStage, "ptm90", "opamp", {{"inp", "a"}, {"inn", "b"}});
  ASSERT_EQ(wrong.draft.notes.size(), right.draft.notes.size() + 1);
  EXPECT_NE(wrong.draft.notes.back().find("falls with a"), std::string::npos);
}

TEST(DraftNetlist, TransistorsOfALibraryAreWrittenInItsNamesAndUnits) {
  const TemporaryFolder folder;
  write_made_process(folder);
  const std::string made = (folder.path() / "pdk/made").string();
  const auto netlist = folder.write("bare.cir", kTwoStage);
  const auto result =
      agents::draft_problem(netlist, problem::load_process(made), {"opamp", "", {{"inp", "b"}, {"inn", "a"}}, made});
  ASSERT_EQ(listed(result.faults), "");
  EXPECT_TRUE(holds(result.draft.files.at("amp.cir"),
                    "XMP5 t pb vhigh vhigh made_pfet w={(k_mp5*w_mp8)/1e-06} l={(l_mp8)/1e-06}"))
      << result.draft.files.at("amp.cir");
  const problem::Problem problem = opened(result.draft, folder);
  EXPECT_DOUBLE_EQ(variable(problem, "w_mp8").start.value(), 8e-6);
  EXPECT_GT(sizing::simulate(problem, {}).at("best").at("metrics").at("power").get<double>(), 1e-5);
}

TEST(DraftNetlist, ValuesAreReadWhereValuesStand) {
  std::string text = kTwoStage;
  text.insert(text.find(".ends"), "L=1e-9 x1 x2 1n\nRm x1 x2 rmodel\nCk x1 x2 c=1p\nVm x2 y 0\nRy y x2 {ry}\n");
  const auto result = draft_of(text, "ptm90", "opamp", {{"inp", "b"}, {"inn", "a"}});
  ASSERT_EQ(listed(result.faults), "");
  const std::string& cell = result.draft.files.at("amp.cir");
  for (const char* line :
       {"L=1e-9 x1 x2 {l_l_1e_9}", "Rm x1 x2 rmodel", "Ck x1 x2 c={c_ck}", "Vm x2 y 0", "Ry y x2 {ry}"})
    EXPECT_TRUE(holds(cell, line)) << line << " is not in\n" << cell;
}

TEST(DraftNetlist, DecksOfTheRedTeamAreRefusedOrLeftBehind) {
  int refused = 0, count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kSource / "tests/redteam/decks")) {
    const TemporaryFolder folder;
    std::ifstream stream(entry.path(), std::ios::binary);
    std::string deck{std::istreambuf_iterator<char>(stream), {}};
    const std::string text = deck + "\n" + kTwoStage;
    const auto result = agents::draft_problem(folder.write("bare.cir", text), process("ptm90"),
                                              options("ptm90", "opamp", {{"inp", "b"}, {"inn", "a"}}));
    ++count;
    refused += result.faults.empty() ? 0 : 1;
    for (const auto& [name, content] : result.draft.files) {
      for (const char* word : {".control", "shell", ".include", ".lib", "file="})
        EXPECT_EQ(content.find(word), std::string::npos) << entry.path() << " lives on in " << name;
    }
  }
  EXPECT_GT(refused, count / 2);
}

TEST(DraftNetlist, ADifferentialOutputGetsBenchesThatMeasureTheDifference) {
  const std::string text = R"(.subckt fd a b x y vdd vss
M1 x a t vss nmos W=20u L=0.5u
M2 y b t vss nmos W=20u L=0.5u
M3 x c vdd vdd pmos W=20u L=0.5u
M4 y c vdd vdd pmos W=20u L=0.5u
R1 x c 500k
R2 y c 500k
M5 t nb vss vss nmos W=20u L=1u
M6 nb nb vss vss nmos W=4u L=1u
I1 vdd nb 10u
.ends
)";
  const auto result = draft_of(text, "ptm180", "dido");
  ASSERT_EQ(listed(result.faults), "");
  // x falls with a: one of the pairs has to be crossed, whichever.
  const std::string& bench = result.draft.files.at("open_loop.cir");
  EXPECT_TRUE(holds(bench, "Xdut inn inp outp outn vdd 0 fd") || holds(bench, "Xdut inp inn outn outp vdd 0 fd"))
      << bench;
  EXPECT_TRUE(holds(result.draft.files.at("fd.cir"), "M4 y c vdd vdd pmos w={w_m3} l={l_m3}"));
  EXPECT_TRUE(holds(result.draft.files.at("fd.cir"), "R2 y c {r_r1}")) << "resistors match, too";
  const TemporaryFolder folder;
  const run::Json metrics = sizing::simulate(opened(result.draft, folder), {}).at("best").at("metrics");
  for (const char* metric :
       {"dc_gain", "unity_gain_frequency", "phase_margin", "slew_rate", "thd", "output_swing", "power"})
    ASSERT_TRUE(metrics.contains(metric)) << metric << " of " << metrics.dump();
  EXPECT_GT(metrics.at("dc_gain").get<double>(), 25);
  // Tail over load of a single stage, the difference moving twice as fast as each side.
  EXPECT_NEAR(metrics.at("slew_rate").get<double>(), 50e-6 / 10e-12, 2e6);
  EXPECT_GT(metrics.at("output_swing").get<double>(), 0.3);
}

TEST(DraftNetlist, NamesThatAreFunctionsAreFaultsAtTheirLines) {
  const auto with = [](const std::string& width, const std::string& current) {
    return draft_of(".param min=2u\n.subckt ota inp inn out vdd vss\nM1 d inp t vss nmos W={" + width +
                        "} L={l1}\nM2 out inn t vss nmos W={" + width +
                        "} L={l1}\nM3 d d vdd vdd pmos W={w3} L={l1}\nM4 out d vdd vdd pmos W={w3} L={l1}\nI1 t vss {" +
                        current + "}\n.ends\n",
                    "ptm180", "ota");
  };
  const auto result = with("2*min", "log");
  ASSERT_EQ(ids(result.faults), "INI-018 INI-018");
  EXPECT_EQ(result.faults[0].place, "line 7") << result.faults[0].what;
  EXPECT_EQ(result.faults[1].place, "line 3") << result.faults[1].what;
  // Called they are functions, and constants are values.
  EXPECT_EQ(listed(with("max(w1,1u)", "pi*ib").faults), "");
}

TEST(DraftNetlist, WhatNoDescriptionHoldsIsLeftOutAndTold) {
  std::string text = kTwoStage;
  text.insert(text.find(".ends"), "B1 x1 vlow i=1n*v(x1,vlow)\nR/a x1 x2 1meg\nM:9 x1 a vlow vlow nch_lvt\n");
  const auto refused = draft_of(text, "ptm90", "opamp", {{"inp", "b"}, {"inn", "a"}});
  ASSERT_EQ(ids(refused.faults), "CKT-018") << "a transistor has to be read";
  EXPECT_EQ(refused.faults[0].place, "line 18");
  text.erase(text.find("M:9"), text.find(".ends") - text.find("M:9"));
  const auto plain = draft_of(kTwoStage, "ptm90", "opamp", {{"inp", "b"}, {"inn", "a"}});
  const auto result = draft_of(text, "ptm90", "opamp", {{"inp", "b"}, {"inn", "a"}});
  ASSERT_EQ(listed(result.faults), "");
  ASSERT_EQ(result.draft.notes.size(), plain.draft.notes.size() + 2);
  EXPECT_NE(result.draft.notes[0].find("'B1'"), std::string::npos);
  EXPECT_TRUE(holds(result.draft.files.at("amp.cir"), "MN4 x2 x1 vlow vlow nmos w={w_mn3} l={l_mn3}"));
}

TEST(DraftNetlist, DevicesOfTwoCellsOfOneNameAreToldApart) {
  const auto result = draft_of(R"(.subckt half d g s b
M1 d g s b nmos W=8u L=0.5u
.ends
.subckt load a c s
M1 a a s s pmos W=4u L=1u
M2 c a s s pmos W=12u L=1u
.ends
.subckt ota inp inn out vdd vss
Xa d inp t vss half
Xb out inn t vss half
Xl d out vdd load
M1 t nb vss vss nmos W=10u L=1u
M2 nb nb vss vss nmos W=5u L=1u
I1 vdd nb 10u
.ends
)",
                               "ptm180", "ota");
  ASSERT_EQ(listed(result.faults), "");
  const std::string& cell = result.draft.files.at("ota.cir");
  for (const char* line :
       {"M1 d g s b nmos w={w_half_m1} l={l_half_m1}", "M1 a a s s pmos w={w_load_m1} l={l_load_m1}",
        "M2 c a s s pmos w={k_load_m2*w_load_m1} l={l_load_m1}", "M1 t nb vss vss nmos w={k_m1*w_m2} l={l_m2}"})
    EXPECT_TRUE(holds(cell, line)) << line << " is not in\n" << cell;
}

TEST(DraftNetlist, NamesOfItsOwnGiveWayToThoseOfTheNetlist) {
  const auto result = draft_of(R"(.subckt follower inp inn out vdd vss ib
M1 d1 inp t vss nmos W={i_ib} L={l}
M2 out inn t vss nmos W=2u L={l}
M3 d1 d1 vdd vdd pmos W={w_m2} L={l}
M4 out d1 vdd vdd pmos W={w_m2} L={l}
M5 t ib vss vss nmos W={w5} L={l}
M6 ib ib vss vss nmos W={w5} L={l}
.ends
)",
                               "ptm180", "ota");
  ASSERT_EQ(listed(result.faults), "");
  const TemporaryFolder folder;
  const problem::Problem problem = opened(result.draft, folder);
  EXPECT_EQ(variable_names(problem), (std::set<std::string>{"i_ib", "l", "w_m2", "w_m2_2", "w5", "i_ib_port"}));
  EXPECT_EQ(problem.netlist.filename(), "follower_cell.cir") << "a bench has the other name";
  EXPECT_TRUE(sizing::simulate(problem, {}).at("best").at("metrics").contains("dc_gain"));
}
