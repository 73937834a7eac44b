// The folder of a run.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/run/run_folder.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "exturbo/core/fault.hpp"
#include "exturbo/problem/load.hpp"
#include "support/tiny_manifest.hpp"
#include "support/tiny_problem.hpp"

using namespace exturbo;

namespace {

class RunFolder : public ::testing::Test {
 protected:
  void SetUp() override { problem_ = problem::load_problem(test::write_tiny(folder_)).problem; }

  run::RunFolder create(const std::vector<run::PriorEvaluation>& history = {}) {
    return run::RunFolder::create(run_, problem_, test::tiny_manifest(10, 4), {}, history);
  }

  static run::Evaluation evaluation(int index) {
    run::Evaluation evaluation;
    evaluation.index = index;
    evaluation.status = "ok";
    evaluation.variables = {{"w1", 1e-6 * index}};
    return evaluation;
  }

  void append_raw(const std::string& text) { std::ofstream(run_ / "evaluations.jsonl", std::ios::app) << text; }

  test::TemporaryFolder folder_;
  problem::Problem problem_;
  std::filesystem::path run_ = folder_.path() / "runs/one";
};

}  // namespace

TEST_F(RunFolder, HoldsCopiesFromWhichTheProblemLoadsAgain) {
  const run::RunFolder folder = create();
  std::filesystem::remove(folder_.path() / "stage.cir");
  const auto [problem, faults] = problem::load_problem(folder.problem_file(), {{}, folder.process_folder()});
  ASSERT_TRUE(faults.empty()) << core::InputError(faults).what();
  EXPECT_EQ(problem.netlist_lines, problem_.netlist_lines);
}

TEST_F(RunFolder, KeepsAndHashesWhatTheRunLearnsFrom) {
  const std::vector<run::PriorEvaluation> history{{"older", 3, {0.1, 1e-300}, "ok", {{"dc_gain", 1.0 / 3}}},
                                                  {"\"odd\"\n", 9, {1, 2}, "no_convergence", {}}};
  {
    const run::RunFolder folder = create(history);
    EXPECT_TRUE(folder.manifest().at("inputs").contains("history.jsonl"));
    const auto read = run::RunFolder::read(run_).history();
    ASSERT_EQ(read.size(), 2U);
    EXPECT_EQ(read[0].values, history[0].values);
    EXPECT_EQ(read[0].metrics, history[0].metrics);
    EXPECT_EQ(read[1].run, history[1].run);
    EXPECT_TRUE(read[1].failed());
  }
  std::ofstream(run_ / "input/history.jsonl", std::ios::app) << "{}\n";
  EXPECT_THROW(run::RunFolder::open(run_), core::InputError);
}

TEST_F(RunFolder, RefusesAFolderThatIsNotEmpty) {
  folder_.write("runs/one/mine.txt", "x");
  EXPECT_THROW(create(), core::InputError);
}

TEST_F(RunFolder, StoppedWhileItWasMadeIsMadeAnew) {
  { create(); }
  const run::Json whole = run::RunFolder::read(run_).manifest();
  std::filesystem::remove(run_ / "run.json");
  std::filesystem::remove(run_ / "evaluations.jsonl");
  std::filesystem::remove(run_ / "input/bench.cir");
  folder_.write("runs/one/input/stage.cir.part", ".subckt sta");
  folder_.write("runs/one/run.json.part", "{");
  try {
    run::RunFolder::open(run_);
    FAIL();
  } catch (const core::InputError& error) {
    EXPECT_NE(error.faults()[0].hint.find("exturbo size"), std::string::npos) << error.what();
  }
  { create(); }
  EXPECT_EQ(run::RunFolder::read(run_).manifest(), whole);
}

TEST_F(RunFolder, FilesOfSomebodyElseAreNotTakenForAnUnfinishedRun) {
  folder_.write("runs/one/input/stage.cir", "x");
  folder_.write("runs/one/input/mine.cir", "x");
  EXPECT_THROW(create(), core::InputError);
  std::filesystem::remove(run_ / "input/mine.cir");
  EXPECT_NO_THROW(create());
}

TEST_F(RunFolder, JournalIsReadBackInOrder) {
  {
    run::RunFolder folder = create();
    folder.append(evaluation(2));
    folder.append(evaluation(1));
  }
  const run::RunFolder folder = run::RunFolder::open(run_);
  ASSERT_EQ(folder.evaluations().size(), 2U);
  EXPECT_EQ(folder.evaluations()[0].index, 2);
}

TEST_F(RunFolder, CutsATornLastLineAndGoesOnBehindIt) {
  { create().append(evaluation(1)); }
  append_raw("{\"index\": 2, \"orig");
  {
    run::RunFolder folder = run::RunFolder::open(run_);
    EXPECT_EQ(folder.evaluations().size(), 1U);
    folder.append(evaluation(2));
  }
  EXPECT_EQ(run::RunFolder::open(run_).evaluations().size(), 2U);
}

TEST_F(RunFolder, CutsADamagedTailOfAnyKind) {
  for (const std::string& tail :
       {std::string(300, '\0'), std::string("\0\0\n\0", 4), std::string("garbage\n{\"index\": 2}\nmore\n"),
        std::string("{\"index\": 2, \"reason\": \"\xc3\n"), std::string("{\"index\": 2, \"reason\": \"\xc3")}) {
    const auto name = run_;
    std::filesystem::remove_all(name);
    { create().append(evaluation(1)); }
    append_raw(tail);
    {
      run::RunFolder folder = run::RunFolder::open(run_);
      EXPECT_EQ(folder.evaluations().size(), 1U);
      folder.append(evaluation(2));
    }
    EXPECT_EQ(run::RunFolder::open(run_).evaluations().size(), 2U);
  }
}

TEST_F(RunFolder, RefusesDamageInTheMiddleWithItsLine) {
  { create().append(evaluation(1)); }
  append_raw("garbage\n");
  append_raw(run::to_json_line(evaluation(2)) + "\n");
  try {
    run::RunFolder::open(run_);
    FAIL();
  } catch (const core::InputError& error) {
    EXPECT_EQ(error.faults()[0].place, "line 2");
  }
}

TEST_F(RunFolder, RefusesAManifestNestedTooDeep) {
  { create(); }
  folder_.write("runs/one/run.json", std::string(100000, '['));
  EXPECT_THROW(run::RunFolder::open(run_), core::InputError);
}

TEST_F(RunFolder, NeverWaitsForAPipeInPlaceOfAFile) {
  for (const char* name : {"run.json", "evaluations.jsonl", "input/stage.cir"}) {
    std::filesystem::remove_all(run_);
    { create().append(evaluation(1)); }
    std::filesystem::remove(run_ / name);
    ASSERT_EQ(::mkfifo((run_ / name).c_str(), 0600), 0);
    EXPECT_THROW(run::RunFolder::read(run_), core::InputError) << name;
  }
  std::filesystem::remove(run_ / "input/stage.cir");
  std::filesystem::create_symlink("/dev/zero", run_ / "input/stage.cir");
  EXPECT_THROW(run::RunFolder::read(run_), core::InputError);
}

TEST_F(RunFolder, RefusesChangedInputs) {
  { create(); }
  std::ofstream(run_ / "input/stage.cir", std::ios::app) << "* changed\n";
  EXPECT_THROW(run::RunFolder::open(run_), core::InputError);
}

TEST_F(RunFolder, IsLockedWhileOpen) {
  const run::RunFolder folder = create();
  EXPECT_THROW(run::RunFolder::open(run_), core::EnvironmentError);
  EXPECT_NO_THROW(run::RunFolder::read(run_));
}

TEST_F(RunFolder, FilesAreWrittenWhole) {
  const run::RunFolder folder = create();
  folder.write("result.json", "{\"a\": 1}");
  EXPECT_EQ(folder.read_json("result.json")["a"], 1);
  EXPECT_FALSE(std::filesystem::exists(run_ / "result.json.part"));
}

TEST(Sha256, MatchesThePublishedVector) {
  EXPECT_EQ(run::sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
