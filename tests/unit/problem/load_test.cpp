// Reading problem JSON: what is read, and that every fault is named at its place.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/problem/load.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/tiny_problem.hpp"

using namespace exturbo;
using Json = nlohmann::ordered_json;

namespace {

class LoadProblem : public ::testing::Test {
 protected:
  problem::LoadResult load(const Json& json) { return problem::load_problem(test::write_tiny(folder_, json)); }

  /// Faults as "ID place".
  std::vector<std::string> faults(const Json& json) {
    std::vector<std::string> result;
    for (const core::Fault& fault : load(json).faults) result.push_back(fault.id + " " + fault.place);
    return result;
  }
  test::TemporaryFolder folder_;
  Json json_ = test::tiny_json();
};

}  // namespace

TEST_F(LoadProblem, ReadsTheTinyProblemInSiUnits) {
  const auto [problem, faults] = load(json_);
  ASSERT_TRUE(faults.empty()) << core::InputError(faults).what();
  EXPECT_EQ(problem.name, "tiny");
  ASSERT_EQ(problem.variables.size(), 2U);
  EXPECT_DOUBLE_EQ(problem.variables[0].min, 1e-6);
  EXPECT_EQ(problem.variables[0].scale, problem::Scale::kLog);
  EXPECT_EQ(problem.testbenches[0].lines.size(), 6U);
  EXPECT_DOUBLE_EQ(*problem.spec("dc_gain")->min, 15);
  EXPECT_DOUBLE_EQ(problem.objective.reference, 500e-6);
  EXPECT_EQ(problem.corners.size(), 1U);
  EXPECT_EQ(problem.process.models.size(), 2U);
}

TEST_F(LoadProblem, RefusesNamesThatSpiceExpressionsUse) {
  json_["variables"]["Ln"] = {{"min", 1}, {"max", 2}};
  json_["parameters"]["temper"] = 1;
  EXPECT_EQ(faults(json_), (std::vector<std::string>{"PRB-002 /parameters/temper", "PRB-002 /variables/Ln"}));
}

TEST_F(LoadProblem, TiedVariablesFollowTheirRatio) {
  json_["variables"]["w2"] = {{"tie", "w1"}, {"ratio", 2}};
  const auto [problem, faults] = load(json_);
  ASSERT_TRUE(faults.empty());
  EXPECT_EQ(problem.free_variables().size(), 2U);
  const auto values = problem::complete_variables(problem, {3e-6, 2e3});
  EXPECT_DOUBLE_EQ(values.at("w2"), 6e-6);
  EXPECT_THROW(problem::complete_variables(problem, {1}), std::invalid_argument);
}

TEST_F(LoadProblem, MarginsOfDevicesNeedNoDefinition) {
  json_["specs"]["margin.M1"] = {{"min", 0.05}};
  const auto [problem, faults] = load(json_);
  ASSERT_TRUE(faults.empty());
  EXPECT_EQ(problem.metric("margin.M1")->kind, problem::MetricKind::kMargin);
}

TEST_F(LoadProblem, WarnsOfACapitalM) {
  json_["parameters"]["cl"] = "10M";
  const auto [problem, faults] = load(json_);
  ASSERT_TRUE(faults.empty());
  ASSERT_EQ(problem.warnings.size(), 1U);
  EXPECT_NE(problem.warnings[0].find("/parameters/cl"), std::string::npos);
}

TEST_F(LoadProblem, NamesEachFaultAtItsPointerAllAtOnce) {
  json_["variables"]["w1"]["min"] = "200u";
  json_["variables"]["rl"]["scale"] = "logarithmic";
  json_["specs"]["dc_gian"] = {{"min", 1}};
  json_["metrics"]["power"]["testbench"] = "open_lop";
  json_["objective"]["minimise"] = "power";
  json_["colour"] = 1;
  const auto list = faults(json_);
  for (const char* expected : {"PRB-011 /variables/w1", "PRB-019 /variables/rl/scale", "PRB-050 /specs/dc_gian",
                               "PRB-052 /metrics/power/testbench", "JSN-004 /objective/minimise", "JSN-004 /colour"}) {
    EXPECT_NE(std::find(list.begin(), list.end(), expected), list.end()) << expected;
  }
  EXPECT_EQ(list.size(), 6U);
}

TEST_F(LoadProblem, RefusesFilesOutsideItsFolder) {
  folder_.write("elsewhere/secret.cir", "* secret\n");
  const auto inside = folder_.path() / "inner";
  std::filesystem::create_directories(inside);
  json_["netlist"] = "../elsewhere/secret.cir";
  EXPECT_EQ(faults(json_), std::vector<std::string>{"FIL-002 /netlist"});
  json_["netlist"] = "/etc/passwd";
  EXPECT_EQ(faults(json_), std::vector<std::string>{"FIL-002 /netlist"});
  std::filesystem::create_symlink("/etc/passwd", folder_.path() / "link.cir");
  json_["netlist"] = "link.cir";
  EXPECT_EQ(faults(json_), std::vector<std::string>{"FIL-002 /netlist"});
}

TEST_F(LoadProblem, RefusesANameThatTheSystemWouldCutShort) {
  json_["netlist"] = std::string("stage.cir\0.txt", 14);
  EXPECT_EQ(faults(json_), std::vector<std::string>{"FIL-003 /netlist"});
}

TEST_F(LoadProblem, RefusesExpressionsThatUseThemselvesOrNothingKnown) {
  json_["metrics"]["a"] = {{"expression", "b + 1"}};
  json_["metrics"]["b"] = {{"expression", "a + 1"}};
  json_["metrics"]["c"] = {{"expression", "nothing * 2"}};
  const auto list = faults(json_);
  EXPECT_EQ(list, (std::vector<std::string>{"PRB-050 /metrics/c/expression", "PRB-053 /metrics/a/expression",
                                            "PRB-053 /metrics/b/expression"}));
}

TEST_F(LoadProblem, RefusesCommandsInAnalyses) {
  json_["testbenches"]["open_loop"]["analyses"]["differential"]["command"] = "shell rm -rf x";
  EXPECT_EQ(faults(json_), std::vector<std::string>{"PRB-040 /testbenches/open_loop/analyses/differential/command"});
  json_["testbenches"]["open_loop"]["analyses"]["differential"]["command"] = "ac dec 10 1 1g > file";
  EXPECT_EQ(faults(json_), std::vector<std::string>{"PRB-041 /testbenches/open_loop/analyses/differential/command"});
}

TEST_F(LoadProblem, OverlongAnalysisIsRefusedUnread) {
  json_["testbenches"]["open_loop"]["analyses"]["differential"]["command"] =
      "ac dec 10 1 {" + std::string(500, '(') + "nothing}";
  EXPECT_EQ(faults(json_), std::vector<std::string>{"PRB-041 /testbenches/open_loop/analyses/differential/command"});
}

TEST_F(LoadProblem, TellsLineAndColumnOfASyntaxError) {
  const auto file = folder_.write("bad.json", "{\n  \"name\": \"x\",\n  oops\n}");
  const auto result = problem::load_problem(file);
  ASSERT_EQ(result.faults.size(), 1U);
  EXPECT_EQ(result.faults[0].place, "line 3, column 3");
}

TEST_F(LoadProblem, RefusesDuplicateKeysDeepNestingAndHugeNumbers) {
  EXPECT_EQ(problem::load_problem(folder_.write("a.json", R"({"name": "x", "name": "y"})")).faults[0].id, "JSN-002");
  EXPECT_EQ(problem::load_problem(folder_.write("b.json", std::string(100, '[') + std::string(100, ']'))).faults[0].id,
            "JSN-003");
  EXPECT_EQ(problem::load_problem(folder_.write("c.json", R"({"budget": 1e999})")).faults[0].id, "JSN-001");
}

TEST(LoadLimits, BoundsObjectsArraysAndKeysThatTakeQuadraticEffort) {
  const test::TemporaryFolder folder;
  std::string keys;
  std::string parts;
  for (int i = 0; i < 300000; ++i) {
    keys += (i > 0 ? ",\"k" : "\"k") + std::to_string(i) + "\":0";
    parts += i > 0 ? ",{}" : "{}";
  }
  for (const std::string& text : {"{\"variables\":{" + keys + "}}", "{\"corners\":[" + parts + "]}",
                                  "{\"variables\":{\"" + std::string(1 << 20, 'k') + "\":{}}}"}) {
    const auto faults = problem::load_problem(folder.write("problem.json", text)).faults;
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].id, "JSN-006") << to_string(faults[0]);
  }
}
