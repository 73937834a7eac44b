// The command line as a person or a script sees it: help, version, exit codes, what goes to stdout.
// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include "program.hpp"
#include "support/child_process.hpp"
#include "support/environment.hpp"
#include "support/evaluator_problem.hpp"
#include "support/tiny_problem.hpp"
#include "tiny_run.hpp"

using namespace exturbo::test;
using Json = nlohmann::json;

namespace {

class CommandLine : public ::testing::Test {
 protected:
  CommandLine() { write_tiny(folder_); }
  Completed run(const std::vector<std::string>& arguments) { return run_exturbo(arguments, folder_.path()); }
  /// The tiny problem with a power spec that no design meets.
  void make_infeasible() {
    auto problem = tiny_json();
    problem["specs"]["power"]["max"] = "1p";
    write_tiny(folder_, problem);
  }
  TemporaryFolder folder_;
};

class Help : public CommandLine, public ::testing::WithParamInterface<const char*> {};

}  // namespace

TEST_P(Help, NamesUsageOnStdoutAndEndsWithZero) {
  const std::string command = GetParam();
  const Completed completed = run({command, "--help"});
  EXPECT_EQ(completed.exit_code, 0);
  EXPECT_EQ(completed.err, "");
  EXPECT_EQ(completed.out.rfind("usage: exturbo " + command, 0), 0U) << completed.out;
  EXPECT_NE(completed.out.find("--help"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Commands, Help,
                         ::testing::Values("size", "optimize", "resume", "simulate", "design", "seeds", "init", "check",
                                           "describe", "explain", "report", "verify", "doctor"));

TEST_F(CommandLine, HelpListsEveryCommand) {
  const Completed completed = run({"--help"});
  EXPECT_EQ(completed.exit_code, 0);
  for (const char* command : {"size", "optimize", "resume", "simulate", "design", "seeds", "init", "check", "describe",
                              "explain", "report", "doctor", "--version"})
    EXPECT_NE(completed.out.find(command), std::string::npos) << command;
  EXPECT_EQ(run({"-h"}).out, completed.out);
}

TEST_F(CommandLine, NothingAskedIsBadInputAndShowsTheHelp) {
  const Completed completed = run({});
  EXPECT_EQ(completed.exit_code, 2);
  EXPECT_EQ(completed.out, "");
  EXPECT_EQ(completed.err, run({"--help"}).out);
}

TEST_F(CommandLine, VersionIsOneLine) {
  const Completed completed = run({"--version"});
  EXPECT_EQ(completed.exit_code, 0);
  EXPECT_EQ(completed.out, "exturbo " EXTURBO_TEST_VERSION "\n");
}

TEST_F(CommandLine, DoctorFindsEverythingHere) {
  const Completed completed = run({"doctor"});
  EXPECT_EQ(completed.exit_code, 0) << completed.out;
  EXPECT_EQ(completed.out.find("  missing"), std::string::npos) << completed.out;
}

TEST_F(CommandLine, CheckOfAGoodProblemCountsItsParts) {
  const Completed completed = run({"check", "problem.json"});
  EXPECT_EQ(completed.exit_code, 0) << completed.err;
  EXPECT_EQ(completed.out, "tiny on tiny: no faults; 2 free variables, 1 testbench, 2 metrics, 2 specs, 1 corner\n");
  EXPECT_EQ(completed.err, "");
}

TEST_F(CommandLine, CheckOfAProblemWithAnEvaluatorRunsNothing) {
  folder_.write("problem.json", kEvaluatorJson);
  const Completed completed = run({"check", "problem.json"});
  EXPECT_EQ(completed.exit_code, 0) << completed.err;
  EXPECT_EQ(completed.out, "made by a command: no faults; 2 free variables, 3 metrics, 1 spec\n");
}

TEST_F(CommandLine, CheckWarnsOfACapitalMAndGoesOn) {
  auto problem = tiny_json();
  problem["parameters"]["vcm"] = "800M";
  write_tiny(folder_, problem);
  const Completed completed = run({"check", "problem.json"});
  EXPECT_EQ(completed.exit_code, 0);
  EXPECT_EQ(completed.out.rfind("warning: /parameters/vcm: \"800M\" is read as milli", 0), 0U) << completed.out;
}

TEST_F(CommandLine, CheckLeavesNothingBehind) {
  const auto count = [&] { return std::distance(std::filesystem::recursive_directory_iterator(folder_.path()), {}); };
  const auto before = count();
  run({"check", "problem.json"});
  EXPECT_EQ(count(), before);
}

TEST_F(CommandLine, SimulateTellsByItsExitCodeWhetherTheSpecsAreMet) {
  folder_.write("good.json", R"({"w1": "20u", "rl": "10k"})");
  const Completed good = run({"simulate", "problem.json", "--variables", "good.json", "--json"});
  EXPECT_EQ(good.exit_code, 0) << good.out << good.err;
  EXPECT_EQ(Json::parse(good.out).at("status"), "feasible");
  folder_.write("bad.json", R"({"variables": {"w1": "1u", "rl": "1k"}})");
  const Completed bad = run({"simulate", "problem.json", "--variables", "bad.json", "--json"});
  EXPECT_EQ(bad.exit_code, 1) << bad.err;
  EXPECT_EQ(Json::parse(bad.out).at("status"), "infeasible");
  const Completed text = run({"simulate", "problem.json", "--variables", "bad.json"});
  EXPECT_EQ(text.exit_code, 1);
  EXPECT_NE(text.out.find("FAILS dc_gain"), std::string::npos) << text.out;
  EXPECT_NE(text.out.find("M1"), std::string::npos) << text.out;
}

TEST_F(CommandLine, ControlBlockIsRefusedUnlessCommandsAreAllowed) {
  const std::string mark = (folder_.path() / "mark").string();
  folder_.write("bench.cir", std::string(kTinyBench) + ".control\nshell touch " + mark + "\n.endc\n");
  folder_.write("good.json", R"({"w1": "20u", "rl": "10k"})");
  const std::vector<std::string> simulate{"simulate", "problem.json", "--variables", "good.json", "--json"};
  for (const std::vector<std::string>& arguments :
       {simulate, {"check", "problem.json"}, {"size", "problem.json", "--out", "run", "--quiet"}}) {
    const Completed refused = run(arguments);
    EXPECT_EQ(refused.exit_code, 2) << arguments[0];
    EXPECT_NE(refused.err.find("bench.cir: line 7: error SPI-006: .control is refused"), std::string::npos)
        << arguments[0] << ": " << refused.err;
  }
  EXPECT_FALSE(std::filesystem::exists(mark));

  std::vector<std::string> allowed = simulate;
  allowed.emplace_back("--allow-command");
  const Completed completed = run(allowed);
  EXPECT_EQ(completed.exit_code, 0) << completed.err;
  EXPECT_EQ(Json::parse(completed.out).at("status"), "feasible");
  EXPECT_TRUE(std::filesystem::exists(mark));
}

TEST_F(CommandLine, ResumeAsksAgainWhetherCommandsAreAllowed) {
  folder_.write("bench.cir", std::string(kTinyBench) + ".control\necho own deck\n.endc\n");
  ASSERT_LE(run({"size", "problem.json", "--budget", "3", "--out", "run", "--no-report", "--quiet", "--workers", "1",
                 "--allow-command"})
                .exit_code,
            1);
  EXPECT_NE(Json::parse(folder_.read("run/run.json")).at("command").get<std::string>().find(" --allow-command"),
            std::string::npos);
  const std::vector<std::string> resume{"resume", "run", "--no-report", "--quiet", "--workers", "1"};
  EXPECT_EQ(run(resume).exit_code, 2);
  std::vector<std::string> allowed = resume;
  allowed.emplace_back("--allow-command");
  const Completed completed = run(allowed);
  EXPECT_LE(completed.exit_code, 1) << completed.err;
}

TEST_F(CommandLine, SizeWithJsonWritesOneObjectToStdoutWhichIsTheResult) {
  const Completed completed =
      run({"size", "problem.json", "--budget", "6", "--out", "run", "--json", "--workers", "1"});
  EXPECT_TRUE(completed.exit_code == 0 || completed.exit_code == 1) << completed.err;
  const Json result = Json::parse(completed.out);
  EXPECT_EQ(result, Json::parse(folder_.read("run/result.json")));
  EXPECT_EQ(result.at("evaluations"), 6);
  EXPECT_EQ(completed.exit_code, result.at("status") == "feasible" ? 0 : 1);
  for (const char* name :
       {"run.json", "evaluations.jsonl", "seeds.json", "sized.cir", "sized.param.inc", "report.html", "report.md"}) {
    EXPECT_NE(folder_.read(std::string("run/") + name), "") << name;
  }
}

TEST_F(CommandLine, SizeThatMeetsNoSpecEndsWithOne) {
  make_infeasible();
  const Completed completed =
      run({"size", "problem.json", "--budget", "4", "--out", "run", "--no-report", "--quiet", "--workers", "1"});
  EXPECT_EQ(completed.exit_code, 1) << completed.err;
  EXPECT_NE(completed.out.find("Not all specs met."), std::string::npos);
  EXPECT_EQ(completed.err, "");
}

TEST_F(CommandLine, ResumeOfAFinishedRunRepeatsItsVerdict) {
  std::filesystem::copy(tiny_run() / "run", folder_.path() / "run", std::filesystem::copy_options::recursive);
  Json before = Json::parse(folder_.read("run/result.json"));
  const Completed completed = run({"resume", "run", "--json", "--no-report", "--quiet", "--workers", "1"});
  Json after = Json::parse(completed.out);
  for (Json* result : {&before, &after}) result->erase("seconds");
  EXPECT_EQ(after, before);
  EXPECT_EQ(completed.exit_code, after.at("status") == "feasible" ? 0 : 1);
}

TEST_F(CommandLine, ResumeWithALargerBudgetGoesOn) {
  std::filesystem::copy(tiny_run() / "run", folder_.path() / "run", std::filesystem::copy_options::recursive);
  const Completed completed =
      run({"resume", "run", "--budget", "8", "--json", "--no-report", "--quiet", "--workers", "1"});
  EXPECT_EQ(Json::parse(completed.out).at("evaluations"), 8) << completed.err;
}

TEST_F(CommandLine, OutputThatCannotBeWrittenIsAnEnvironmentError) {
  std::filesystem::create_symlink("/dev/full", folder_.path() / "stdout");
  ChildProcess child({EXTURBO_PROGRAM, "--version"}, folder_.path());
  EXPECT_EQ(child.wait(), 3);
  EXPECT_NE(child.err().find("standard output"), std::string::npos) << child.err();
}

TEST_F(CommandLine, VerifySimulatesTheBestDesignOfARun) {
  std::filesystem::copy(tiny_run() / "run", folder_.path() / "run", std::filesystem::copy_options::recursive);
  const Completed completed = run({"verify", "run", "--corners", "tt_27C", "--workers", "1", "--json"});
  EXPECT_TRUE(completed.exit_code == 0 || completed.exit_code == 1) << completed.err;
  EXPECT_TRUE(Json::parse(completed.out).contains("per_spec"));
}

TEST_F(CommandLine, ReportNamesTheFilesItWrote) {
  std::filesystem::copy(tiny_run() / "run", folder_.path() / "run", std::filesystem::copy_options::recursive);
  const Completed completed = run({"report", "run"});
  EXPECT_EQ(completed.exit_code, 0) << completed.err;
  EXPECT_EQ(completed.out, "run/report.html\nrun/report.md\n");
  EXPECT_NE(folder_.read("run/report.html").find("</html>"), std::string::npos);
}

TEST_F(CommandLine, ReportOfTwoRunsComparesThem) {
  std::filesystem::copy(tiny_run() / "run", folder_.path() / "a", std::filesystem::copy_options::recursive);
  std::filesystem::copy(tiny_run() / "run", folder_.path() / "b", std::filesystem::copy_options::recursive);
  const Completed completed = run({"report", "a", "b/"});
  EXPECT_EQ(completed.exit_code, 0) << completed.err;
  EXPECT_EQ(completed.out, "a/compare-b.html\na/compare-b.md\n");
  EXPECT_NE(folder_.read("a/compare-b.md").find("Both runs sized the same problem"), std::string::npos);
}

TEST_F(CommandLine, ExplainTellsTheVerdictOnStdout) {
  std::filesystem::copy(tiny_run() / "run", folder_.path() / "run", std::filesystem::copy_options::recursive);
  const Completed completed = run({"explain", "run", "--quiet"});
  EXPECT_EQ(completed.exit_code, 0) << completed.err;
  EXPECT_NE(completed.out.find("evaluation "), std::string::npos) << completed.out;
  EXPECT_EQ(completed.err, "");
}

TEST_F(CommandLine, PdfIsPrintedByTheProgramOfThePath) {
  std::filesystem::copy(tiny_run() / "run", folder_.path() / "a run", std::filesystem::copy_options::recursive);
  const auto printer = folder_.write("bin/weasyprint", "#!/bin/sh\necho \"$1\" > \"$2\"\n");
  std::filesystem::permissions(printer, std::filesystem::perms::owner_all);
  const Environment path("PATH", (folder_.path() / "bin").string());
  const Completed completed = run({"report", "a run", "--pdf"});
  EXPECT_EQ(completed.exit_code, 0) << completed.err;
  EXPECT_EQ(completed.out, "a run/report.html\na run/report.md\na run/report.pdf\n");
  EXPECT_EQ(folder_.read("a run/report.pdf"), "file://" + folder_.path().string() + "/a%20run/report.html\n");
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "a run/report.pdf.part"));
}

TEST_F(CommandLine, PdfWithoutAProgramOrWithOneThatFailsIsAFaultOfTheEnvironment) {
  std::filesystem::copy(tiny_run() / "run", folder_.path() / "run", std::filesystem::copy_options::recursive);
  const Environment path("PATH", (folder_.path() / "bin").string());
  const Completed none = run({"report", "run", "--pdf"});
  EXPECT_EQ(none.exit_code, 3);
  EXPECT_NE(none.err.find("needs chromium, google-chrome or weasyprint"), std::string::npos) << none.err;
  const auto printer = folder_.write("bin/chromium", "#!/bin/sh\nexit 7\n");
  std::filesystem::permissions(printer, std::filesystem::perms::owner_all);
  const Completed failing = run({"report", "run", "--pdf"});
  EXPECT_EQ(failing.exit_code, 3);
  EXPECT_NE(failing.err.find("printed no PDF: exit code 7"), std::string::npos) << failing.err;
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "run/report.pdf"));
}

TEST_F(CommandLine, RunsLeaveNothingBesideTheRunFolder) {
  const auto names = [&] {
    std::vector<std::string> all;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path()))
      all.push_back(entry.path().filename());
    std::sort(all.begin(), all.end());
    return all;
  };
  auto expected = names();
  run({"size", "problem.json", "--budget", "4", "--out", "run", "--no-report", "--quiet", "--workers", "2"});
  expected.push_back("run");
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(names(), expected);
}
