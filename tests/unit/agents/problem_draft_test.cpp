// Drafts of the cells of the tree against the problems that people wrote for them.
// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <cmath>

#include "drafted.hpp"
#include "exturbo/problem/expression.hpp"
#include "exturbo/sizing/simulate.hpp"

using namespace exturbo;
using namespace exturbo::test;

namespace {

struct TreeCell {
  const char* circuit;
  const char* pdk;
  const char* kind;
};
void PrintTo(const TreeCell& cell, std::ostream* out) { *out << cell.circuit << " " << cell.pdk; }

class DraftOfTheTree : public ::testing::TestWithParam<TreeCell> {
 protected:
  problem::Problem drafted() const {
    const auto& [circuit, pdk, kind] = GetParam();
    const auto netlist = kSource / "circuits" / circuit / (std::string(circuit) + ".cir");
    const auto result = agents::draft_problem(netlist, process(pdk), options(pdk, kind));
    EXPECT_EQ(listed(result.faults), "");
    return opened(result.draft, folder_);
  }
  problem::Problem written() const {
    const auto& [circuit, pdk, kind] = GetParam();
    return sizing::open_problem(kSource / "circuits" / circuit / (std::string(pdk) + ".json"), {}, false);
  }
  TemporaryFolder folder_;
};

/// How far apart two benches that differ in hints to the solver and in the integration method may measure.
double tolerance(const std::string& metric, double value) {
  if (metric == "thd") return 0.5;
  if (metric == "cmrr" || metric == "psrr") return 0.05;
  if (metric == "slew_rate" || metric.starts_with("icmr") || metric == "output_swing") return 0.01 * std::abs(value);
  return 1e-4 * std::abs(value);
}

}  // namespace

TEST_P(DraftOfTheTree, SizesTheSameVariablesAndSimulatesAsItIs) {
  const problem::Problem draft = drafted(), hand = written();
  EXPECT_EQ(variable_names(draft), variable_names(hand));
  const run::Json result = sizing::simulate(draft, {});
  EXPECT_FALSE(result.contains("reason")) << result.dump();
  EXPECT_GT(result.at("best").at("metrics").at("power").get<double>(), 1e-6);
  EXPECT_TRUE(result.at("best").at("metrics").contains("dc_gain"));
}

TEST_P(DraftOfTheTree, MeasuresWhatTheWrittenProblemMeasures) {
  problem::Problem draft = drafted();
  const problem::Problem hand = written();
  // Common mode and step are what people edit: the benches are compared on the same.
  for (const auto& [name, value] : hand.parameters) {
    ASSERT_TRUE(draft.parameters.contains(name)) << name;
    draft.parameters[name] = value;
  }
  if (!hand.parameters.contains("step_low")) {  // class_ab's step is written into its bench
    draft.parameters["step_low"] = 0.2 * hand.parameters.at("vdd");
    draft.parameters["step_high"] = 0.8 * hand.parameters.at("vdd");
  }
  draft.parameter_expressions.clear();
  draft.corners.front().parameters.clear();
  std::map<std::string, double> values;
  const std::vector<double> middle = problem::middle_values(hand);
  for (std::size_t i = 0; i < middle.size(); ++i) values[hand.free_variables()[i]->name] = middle[i];
  const run::Json one = sizing::simulate(draft, values).at("best").at("metrics");
  const run::Json two = sizing::simulate(hand, values).at("best").at("metrics");
  std::size_t compared = 0;
  for (const auto& [metric, value] : two.items()) {
    ASSERT_TRUE(one.contains(metric)) << metric << " is measured by hand alone: " << value;
    EXPECT_NEAR(one.at(metric).get<double>(), value.get<double>(), tolerance(metric, value.get<double>())) << metric;
    ++compared;
  }
  EXPECT_GE(compared, 10U);
}

TEST_P(DraftOfTheTree, WithItsNumbersWrittenInStartsAsTheSameDesign) {
  const auto& [circuit, pdk, kind] = GetParam();
  const problem::Problem hand = written();
  const std::vector<double> middle = problem::middle_values(hand);
  const auto values = problem::complete_variables(hand, middle);
  std::string text;
  for (const std::string& line : hand.netlist_lines) text += problem::substitute_expressions(line, values) + "\n";
  ASSERT_EQ(text.find('{'), std::string::npos) << text;
  const auto result = draft_of(text, pdk, kind);
  ASSERT_EQ(listed(result.faults), "");
  const problem::Problem draft = opened(result.draft, folder_);
  std::size_t transistors = 0;
  for (const std::string& line : hand.netlist_lines) transistors += line.starts_with('M') ? 1 : 0;
  EXPECT_LT(draft.variables.size(), 1.7 * static_cast<double>(transistors)) << "devices share what they have in common";
  for (const problem::Variable& variable : draft.variables) EXPECT_TRUE(variable.start) << variable.name;
  const run::Json one = sizing::simulate(draft, {}).at("best").at("metrics");
  const run::Json two = sizing::simulate(hand, {}).at("best").at("metrics");
  for (const char* metric : {"unity_gain_frequency", "power"})
    EXPECT_NEAR(one.at(metric).get<double>() / two.at(metric).get<double>(), 1, 0.02) << metric;
  EXPECT_NEAR(one.at("dc_gain").get<double>(), two.at("dc_gain").get<double>(), 0.3);
}

TEST_P(DraftOfTheTree, IsTheSameEachTime) {
  const auto& [circuit, pdk, kind] = GetParam();
  const auto netlist = kSource / "circuits" / circuit / (std::string(circuit) + ".cir");
  const auto one = agents::draft_problem(netlist, process(pdk), options(pdk, kind));
  const auto two = agents::draft_problem(netlist, process(pdk), options(pdk, kind));
  EXPECT_EQ(one.draft.problem, two.draft.problem);
  EXPECT_EQ(one.draft.files, two.draft.files);
}

INSTANTIATE_TEST_SUITE_P(Agents, DraftOfTheTree,
                         ::testing::Values(TreeCell{"miller", "ptm90", "opamp"}, TreeCell{"miller", "ptm45", "opamp"},
                                           TreeCell{"folded_cascode", "ptm180", "opamp"},
                                           TreeCell{"folded_cascode", "ptm90", "opamp"},
                                           TreeCell{"class_ab", "ptm180", "opamp"}, TreeCell{"ota5", "ptm180", "ota"}),
                         [](const auto& info) { return std::string(info.param.circuit) + "_" + info.param.pdk; });

TEST(ProblemDraft, RangesLieOnTheGridOfTheProcessAndAboveItsSmallest) {
  for (const char* pdk : {"ptm180", "ptm90", "ptm65", "ptm45", "ptm45lp"}) {
    const TemporaryFolder folder;
    const auto result = agents::draft_problem(kSource / "circuits/folded_cascode/folded_cascode.cir", process(pdk),
                                              options(pdk, "opamp"));
    const problem::Problem problem = opened(result.draft, folder);
    for (const problem::Variable& variable : problem.variables) {
      const char letter = variable.name[0];
      const bool width = letter == 'w', length = letter == 'l';
      EXPECT_GE(variable.min, (width ? problem.process.min_width : 0) * (1 - 1e-9)) << variable.name;
      EXPECT_TRUE(!length || std::abs(variable.min - problem.process.min_length) < 1e-12) << variable.name;
      EXPECT_TRUE(!(width || length) || variable.grid == problem.process.grid) << variable.name;
      EXPECT_TRUE(!(letter == 'k' || letter == 's') || variable.integer) << variable.name;
    }
  }
}

TEST(ProblemDraft, WritesNothingWhereAFileIsThere) {
  const TemporaryFolder folder;
  const auto result =
      agents::draft_problem(kSource / "circuits/ota5/ota5.cir", process("ptm180"), options("ptm180", "ota"));
  folder.write("out/follower.cir", "mine");
  folder.write("out/p.json", "mine");
  try {
    agents::write_draft(result.draft, folder.path() / "out/p.json");
    FAIL() << "replaced a file";
  } catch (const core::InputError& error) {
    EXPECT_EQ(ids(error.faults()), "INI-014 INI-014");
  }
  EXPECT_EQ(folder.read("out/follower.cir"), "mine");
  EXPECT_EQ(folder.read("out/p.json"), "mine");
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "out/ota5.cir"));
  agents::write_draft(result.draft, folder.path() / "new/p.json");
  agents::remove_draft(result.draft, folder.path() / "new/p.json");
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "new"));
}

TEST(ProblemDraft, EveryDefaultSpecAndRangeCarriesANote) {
  for (const char* kind : {"opamp", "ota"}) {
    const auto result =
        agents::draft_problem(kSource / "circuits/ota5/ota5.cir", process("ptm180"), options("ptm180", kind));
    const auto json = nlohmann::json::parse(result.draft.problem);
    ASSERT_GE(json.at("specs").size(), 10U);
    for (const char* part : {"specs", "variables"}) {
      for (const auto& [name, item] : json.at(part).items()) EXPECT_TRUE(item.contains("note")) << name;
    }
  }
}
