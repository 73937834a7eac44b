// Model cards and their corners.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/problem/process.hpp"

#include <gtest/gtest.h>

#include "exturbo/problem/load.hpp"
#include "support/tiny_problem.hpp"

using namespace exturbo;
using problem::ModelCard;

TEST(ParseModels, ReadsContinuedCommentedCards) {
  const auto models = problem::parse_models({"* c", ".MODEL N1 NMOS (", "+ vth0 = 0.4  tox=4e-9 $ comment", "+ u0=350",
                                             "+ )", "", ".model p1 pmos vth0=-0.4"});
  ASSERT_EQ(models.size(), 2U);
  EXPECT_EQ(models[0].name, "n1");
  EXPECT_EQ(models[0].type, "nmos");
  ASSERT_EQ(models[0].parameters.size(), 3U);
  EXPECT_EQ(models[0].parameters[1].first, "tox");
  EXPECT_DOUBLE_EQ(models[1].parameters[0].second, -0.4);
}

TEST(ModelLines, AppliesTheChangesOfTheCornerToItsModelAlone) {
  test::TemporaryFolder folder;
  test::write_tiny(folder);
  const problem::Process process = problem::load_process((folder.path() / "pdk/tiny").string());
  const auto tt = problem::parse_models(problem::model_lines(process, "tt"));
  auto ff = problem::parse_models(problem::model_lines(process, "ff"));
  EXPECT_DOUBLE_EQ(*ff[0].find("vto"), 0.45);
  EXPECT_DOUBLE_EQ(*ff[0].find("kp"), 132e-6);
  EXPECT_EQ(ff[1].parameters, tt[1].parameters);
  EXPECT_THROW(problem::model_lines(process, "xx"), std::out_of_range);
}

TEST(ModelLines, KeepThePointOfTheVersion) {
  problem::Process process;
  process.models = {{"n", "nmos", {{"level", 54}, {"version", 4.0}}}};
  process.corners["tt"];
  EXPECT_EQ(problem::model_lines(process, "tt")[1], "+ level=54 version=4.0");
}

TEST(LoadProcess, NamesAnUnknownProcessAndTheSearchedFolders) {
  try {
    problem::load_process("ptm18");
    FAIL();
  } catch (const core::InputError& error) {
    EXPECT_EQ(error.faults()[0].id, "PDK-002");
    EXPECT_NE(error.faults()[0].hint.find("ptm180"), std::string::npos) << error.what();
  }
}

TEST(LoadProcess, RefusesACornerOfAParameterThatTheCardLacks) {
  test::TemporaryFolder folder;
  test::write_tiny(folder);
  std::string text = test::kTinyProcess;
  text.replace(text.find("vto"), 3, "vth");
  folder.write("pdk/tiny/process.json", text);
  EXPECT_THROW(problem::load_process((folder.path() / "pdk/tiny").string()), core::InputError);
}
