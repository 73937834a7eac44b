// What netlists may not hold, and what a problem lacks: all faults at once, each with its place.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/spice/netlist_check.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "exturbo/problem/load.hpp"
#include "spice/library.hpp"
#include "spice/netlist_names.hpp"

namespace exturbo::spice {
namespace {

bool has(const std::vector<core::Fault>& faults, const std::string& id, const std::string& place = "") {
  return std::any_of(faults.begin(), faults.end(), [&](const core::Fault& fault) {
    return fault.id == id && (place.empty() || fault.place == place) && !fault.what.empty() && !fault.hint.empty();
  });
}

TEST(NetlistFilter, RefusesWhatRunsReadsOrWrites) {
  for (const char* line : {".control",
                           "shell rm x",
                           "system ls",
                           ".include /etc/passwd",
                           ".lib /etc/passwd tt",
                           ".inc \"x\"",
                           ".csparam a=1",
                           ".save all",
                           ".print ac v(1)",
                           ".write x",
                           "A1 1 2 filesrc",
                           ".model src filesource (file=\"/etc/passwd\")",
                           "N1 1 2 osdi",
                           "V1 1 0 pwl file=x",
                           ".endc",
                           ".ac dec 1 1 10",
                           ".end",
                           ".hdl x",
                           "B1 1 0 v=`ls`",
                           ".options savecurrents",
                           ".meas tran x max v(1) > /tmp/x",
                           ".meas tran x max v(1) ; shell ls > y",
                           ".title x",
                           ".measure op a find v(1)",
                           "R1 1 0 {a",
                           "E1 1 0 poly(2) 1 0 2 0 0 1 1"}) {
    const auto faults = check_netlist({"* a comment", "R1 1 0 1k", line}, "x.cir");
    const bool comment_cut = std::string(line).find(';') != std::string::npos;
    EXPECT_EQ(faults.empty(), comment_cut) << line;
    if (!faults.empty()) {
      EXPECT_EQ(faults[0].place, "line 3") << line;
      EXPECT_EQ(faults[0].file, "x.cir");
      EXPECT_FALSE(faults[0].hint.empty());
    }
  }
}

TEST(NetlistFilter, SeesThroughCaseBlanksAndContinuations) {
  EXPECT_FALSE(check_netlist({"  .CoNtRoL"}, "x").empty());
  EXPECT_FALSE(check_netlist({"V1 1 0 pwl", "+ FILE = x"}, "x").empty());
  EXPECT_FALSE(check_netlist({"\t.InClUdE x"}, "x").empty());
}

TEST(NetlistFilter, RefusesTheNamesOfMonteCarloDecksWithTheirLine) {
  for (const char* line : {".param MC_VT_1=0", "R1 a mc_g_3 1k", "Vmc_2 a 0 1", "C1 a 0 {2*mc_beta_7}",
                           ".subckt mc_cell_1 a b", "X1 a b c mc_vt_2=3", "B1 a 0 i=v(mc_g_1)"}) {
    const auto faults = check_netlist({"* a comment", "R0 a 0 1k", "R9 b 0", "+ 1k", line, ".ends"}, "x.cir");
    EXPECT_TRUE(has(faults, "SPI-046", "line 5")) << line;
  }
  EXPECT_FALSE(has(check_netlist({"R1 mc_in mc_out 1k", "Xmc1 a b amc_vt_1 cell", "Vmc a 0 1"}, "x.cir"), "SPI-046"));
}

TEST(NetlistFilter, AllFaultsOfAFileAtOnce) {
  EXPECT_EQ(check_netlist({"Y1 1 2", ".lib x", "M1 1 2 nmos", ".control", "what stands here is told once"}, "x").size(),
            4u);
}

TEST(NetlistFilter, RefusesLinesThatOnlyWeWouldReadAsElements) {
  for (const char* line : {"(R2 1 0 1k)", ",R2 1 0 1k", ")R2 1 0 1k", "()", ",", "(.param a=1", ",,.control"}) {
    const auto faults = check_netlist({"R1 1 0 1k", line}, "x");
    EXPECT_TRUE(has(faults, "SPI-002", "line 2")) << line;
  }
}

TEST(NetlistFilter, RefusesNamesOfEndlessLength) {
  EXPECT_TRUE(check_netlist({"R" + std::string(199, 'a') + " 1 0 1k"}, "x").empty());
  EXPECT_TRUE(has(check_netlist({"R" + std::string(200, 'a') + " 1 0 1k"}, "x"), "SPI-018", "line 1"));
}

TEST(NetlistFilter, AcceptsPlainNetlists) {
  const auto faults =
      check_netlist({"* title", ".param a=1 b={2*a}", "Vin inp 0 DC {b} SIN({b} {0.2*a} 10k)",
                     "Eb inn 0 vol='a+(10*v(vin)+v(out)-b/2)/11'", ".nodeset v(out)={a}", "X1 a b c cell w={a}",
                     "B1 x 0 v=tanh(v(a))", "M1 d g s b nmos W={a} L=1u", ".meas ac g max vdb(out)", ".func f(x)={x*x}",
                     ".model s1 sw vt=1", "K1 L1 L2 0.9", "L1 a 0 1u", "L2 b 0 1u"},
                    "x");
  for (const auto& fault : faults) ADD_FAILURE() << core::to_string(fault);
}

TEST(NetlistNames, IdentifiersExcludeFunctionsNumbersAndNodes) {
  EXPECT_EQ(expression_identifiers("a*max(b,2.5u)+v(out,inn)*1e-3-i(vdd)/C_1"),
            (std::set<std::string>{"a", "b", "c_1"}));
}

problem::Problem loaded() {
  auto result = problem::load_problem(EXTURBO_SOURCE_DIR "/circuits/miller/ptm180.json");
  for (const auto& fault : result.faults) ADD_FAILURE() << core::to_string(fault);
  return result.problem;
}

TEST(ProblemCheck, CommittedProblemsHaveNoFaults) {
  for (const char* circuit : {"class_ab", "miller", "folded_cascode"}) {
    for (const char* process : {"ptm180", "ptm90", "ptm45"}) {
      const auto result =
          problem::load_problem(std::string(EXTURBO_SOURCE_DIR "/circuits/") + circuit + "/" + process + ".json");
      ASSERT_TRUE(result.faults.empty()) << circuit << process;
      for (const auto& fault : check_problem(result.problem)) ADD_FAILURE() << core::to_string(fault);
    }
  }
}

TEST(ProblemCheck, EachFaultIsNamedWithItsPlace) {
  auto problem = loaded();
  problem.netlist_lines.insert(problem.netlist_lines.end() - 1,
                               {"M98 a b c d pmoss W=1u L=1u", "R98 a b {rzz}", "X98 a b c nothing"});
  problem.variables.push_back({"unused", 1, 2, problem::Scale::kLinear, 0, false, "", 1, {}});
  problem.variables.push_back({"exp", 1, 2, problem::Scale::kLinear, 0, false, "", 1, {}});
  problem.parameters["MC_beta_2"] = 1;
  problem.testbenches[0].analyses[0].ac["vq"] = 1;
  problem.testbenches[0].analyses[1].command = "ac lin 1";
  const auto add = [&](const std::string& id, const std::string& measure,
                       const std::map<std::string, std::string>& options) {
    problem::MetricDefinition metric;
    metric.id = id;
    metric.measure = measure;
    metric.testbench = "open_loop";
    metric.options = options;
    problem.metrics.push_back(metric);
    return &problem.metrics.back();
  };
  add("m1", "dc_gian", {});
  add("m2", "thd", {});
  add("m3", "dc_gain", {{"output", "nowhere"}});
  add("m4", "dc_gain", {{"outptu", "out"}});
  add("m5", "power", {{"source", "vq"}});
  add("m6", "dc_gain", {{"frequency", "often"}});
  add("m7", "dc_gain", {{"analysis", "noise"}});
  add("m8", "rise", {})->kind = problem::MetricKind::kMeas;
  problem::MetricDefinition* margin = add("m9", "", {});
  margin->kind = problem::MetricKind::kMargin;
  margin->device = "M77";
  const auto faults = check_problem(problem);
  const auto line = [&](std::size_t back) { return "line " + std::to_string(problem.netlist_lines.size() - back); };
  EXPECT_TRUE(has(faults, "SPI-025", line(3)));
  EXPECT_TRUE(has(faults, "SPI-026", line(2)));
  EXPECT_TRUE(has(faults, "SPI-023", line(1)));
  EXPECT_TRUE(has(faults, "SPI-027", "/variables/unused"));
  EXPECT_TRUE(has(faults, "SPI-020", "/variables/exp"));
  EXPECT_TRUE(has(faults, "SPI-020", "/parameters/MC_beta_2"));
  EXPECT_TRUE(has(faults, "SPI-029"));
  EXPECT_TRUE(has(faults, "SPI-030"));
  EXPECT_TRUE(has(faults, "SPI-034", "/metrics/m1"));
  EXPECT_TRUE(has(faults, "SPI-035", "/metrics/m2"));
  EXPECT_TRUE(has(faults, "SPI-038", "/metrics/m3/output"));
  EXPECT_TRUE(has(faults, "SPI-037", "/metrics/m4/outptu"));
  EXPECT_TRUE(has(faults, "SPI-038", "/metrics/m5/source"));
  EXPECT_TRUE(has(faults, "SPI-040", "/metrics/m6/frequency"));
  EXPECT_TRUE(has(faults, "SPI-036", "/metrics/m7"));
  EXPECT_TRUE(has(faults, "SPI-032", "/metrics/m8/meas"));
  EXPECT_TRUE(has(faults, "SPI-031", "/metrics/m9"));
}

TEST(ProblemCheck, AnalysisOfOverAMillionPointsIsRefusedWhateverItsForm) {
  const auto refuses = [](const std::string& command) {
    auto problem = loaded();
    problem.testbenches[0].analyses[0].command = command;
    return has(check_problem(problem), "SPI-045");
  };
  for (const char* command :
       {"ac dec 1e6 1 10g", "ac lin 1e7 1 10g", "ac oct 1e6 1 10g", "ac dec 10 0 10g", "noise v(out) vp dec 1e6 1 1g 1",
        "tran 1n 1", "tran 1u 1 0 1n", "dc vp 0 1 1n", "dc vp 0 1 0", "dc vp 0 1 1m vn 0 1 1u"})
    EXPECT_TRUE(refuses(command)) << command;
  for (const char* command :
       {"ac dec 100 1 10g", "ac lin 1000 1 10g", "noise v(out) vp dec 100 1 1g 1", "tran 1n 10u uic",
        "tran 1n 10u 0 uic", "tran 1n 100u 0 1n", "dc vp 0 1 1m", "dc vp 1 0 -1m", "op", "op x y z"})
    EXPECT_FALSE(refuses(command)) << command;
}

/// Cells in a chain, each of them `count` times in the one before; the last holds `last`.
std::vector<std::string> nested_cells(const std::string& first, int depth, int count, const std::string& last) {
  std::vector<std::string> lines;
  for (int level = 0; level < depth; ++level) {
    lines.push_back(".subckt " + (level == 0 ? first : "s" + std::to_string(level)) + " a");
    for (int i = 0; i < count; ++i)
      lines.push_back("x" + std::to_string(i) + " a " + (level + 1 < depth ? "s" + std::to_string(level + 1) : last));
    lines.push_back(".ends");
  }
  return lines;
}

TEST(ProblemCheck, NestedCellsCostBoundedEffortAndAreRefused) {
  // 12 to the power of 8 lines when expanded, with transistors at the end and with nothing there.
  for (const char* end : {"M1 a a a a nmos", "* nothing"}) {
    auto problem = loaded();
    problem.cell = "top";
    problem.netlist_lines = nested_cells("top", 8, 12, "leaf");
    problem.netlist_lines.insert(problem.netlist_lines.end(), {".subckt leaf a", end, ".ends"});
    problem::MetricDefinition margin;
    margin.id = "margin.M1";
    margin.kind = problem::MetricKind::kMargin;
    margin.device = "M1";
    problem.metrics.push_back(margin);
    EXPECT_TRUE(has(check_problem(problem), "SPI-042")) << end;
    EXPECT_LE(mos_instances(problem.netlist_lines, "top").size(), kMaxElements);
  }
}

TEST(ProblemCheck, CellsNestAsDeepAsTheirTransistorsAreFoundAndNoDeeper) {
  const auto nested = [](int depth) {
    auto problem = loaded();
    problem.cell = "top";
    problem.netlist_lines = nested_cells("top", depth, 1, "leaf");
    problem.netlist_lines.insert(problem.netlist_lines.end(), {".subckt leaf a", "M1 a a a a nmos", ".ends"});
    return problem;
  };
  EXPECT_FALSE(has(check_problem(nested(kMaxNesting - 2)), "SPI-041"));
  EXPECT_EQ(mos_instances(nested(kMaxNesting - 2).netlist_lines, "top").size(), 1U);
  EXPECT_TRUE(has(check_problem(nested(kMaxNesting)), "SPI-041"));
}

TEST(ProblemCheck, NestedCellsOfALibraryAreLookedIntoOnce) {
  auto problem = loaded();
  problem.process.library["tt"].lines = nested_cells("nfet", 8, 12, "empty");
  problem.process.devices["nfet"].is_subcircuit = true;
  problem.netlist_lines = {".subckt cell a", "XM1 a nfet", ".ends"};
  problem.cell = "cell";
  EXPECT_TRUE(transistors(problem).empty());
}

TEST(ProblemCheck, CellThatIsNotThereIsToldWithTheClosest) {
  auto problem = loaded();
  problem.cell = "milller";
  const auto faults = check_problem(problem);
  ASSERT_TRUE(has(faults, "SPI-021", "/cell"));
  const auto fault = std::find_if(faults.begin(), faults.end(),
                                  [](const core::Fault& candidate) { return candidate.id == "SPI-021"; });
  EXPECT_NE(fault->hint.find("miller"), std::string::npos);
}

TEST(ProblemCheck, WrongNumberOfPortsAndMissingEnds) {
  auto problem = loaded();
  problem.testbenches[0].lines.push_back("X2 inp inn miller");
  problem.netlist_lines.pop_back();
  while (problem.netlist_lines.back().find(".ends") != std::string::npos) problem.netlist_lines.pop_back();
  const auto faults = check_problem(problem);
  EXPECT_TRUE(has(faults, "SPI-024"));
  EXPECT_TRUE(has(faults, "SPI-022") ||
              std::none_of(problem.netlist_lines.begin(), problem.netlist_lines.end(),
                           [](const std::string& text) { return text.find(".ends") != std::string::npos; }));
}

}  // namespace
}  // namespace exturbo::spice
