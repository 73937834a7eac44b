// Runs with an evaluator command: any number of workers, kills and interruptions change nothing, and nothing is left.
// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "support/child_process.hpp"
#include "support/evaluator_problem.hpp"
#include "support/json_schema.hpp"
#include "support/temporary_folder.hpp"

using exturbo::test::ChildProcess;
using Json = nlohmann::ordered_json;

namespace {

class EvaluatorRun : public ::testing::Test {
 protected:
  void SetUp() override { write("mixed"); }

  void write(const std::string& fault) {
    Json problem = Json::parse(exturbo::test::kEvaluatorJson);
    problem["evaluator"]["command"] = {EXTURBO_FAULTY_EVALUATOR, fault};
    folder_.write("problem.json", problem.dump(2));
  }
  std::string folder(const std::string& name) const { return (folder_.path() / name).string(); }

  std::vector<std::string> optimize(const std::string& out, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words{EXTURBO_PROGRAM, "optimize", folder("problem.json"), "--allow-command", "--quiet",
                                   "--out",         folder(out)};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  std::vector<std::string> resume(const std::string& out) const {
    return {EXTURBO_PROGRAM, "resume", folder(out), "--allow-command", "--quiet", "--no-report"};
  }

  int run(const std::vector<std::string>& words) {
    ChildProcess child(words, folder_.path());
    const int code = child.wait();
    err_ = child.err();
    return code;
  }

  /// Every whole line of a file that fits a schema of a run.
  void expect_lines(const std::string& file, const char* schema) const {
    std::istringstream lines(folder_.read(file));
    int count = 0;
    for (std::string line; std::getline(lines, line); ++count) expect_fits(line, schema);
    EXPECT_GT(count, 0) << file;
  }
  static void expect_fits(const std::string& text, const char* name) {
    const std::filesystem::path schemas = EXTURBO_SOURCE_DIR "/src/run/schema";
    const auto faults =
        exturbo::test::JsonSchema(schemas / (std::string(name) + ".schema.json")).faults(nlohmann::json::parse(text));
    EXPECT_TRUE(faults.empty()) << name << ": " << faults.front();
  }

  std::string result(const std::string& name) const {
    Json json = Json::parse(folder_.read(name + "/result.json"));
    json.erase("seconds");
    return json.dump(1);
  }
  /// By index, without what may differ between repeats unless `as_it_is`.
  std::map<int, std::string> journal(const std::string& name, bool as_it_is = false) const {
    std::map<int, std::string> lines;
    std::istringstream stream(folder_.read(name + "/evaluations.jsonl"));
    for (std::string line; std::getline(stream, line);) {
      Json json = Json::parse(line);
      const int index = json.at("index").get<int>();
      for (const char* key : {"seconds", "worker", "attempts", "start"}) json.erase(key);
      lines[index] = as_it_is ? line : json.dump();
    }
    return lines;
  }
  /// Waits until so many evaluations are in the journal; false if the program ended before.
  bool wait_for_lines(ChildProcess& child, const std::string& name, std::ptrdiff_t count) const {
    for (;;) {
      const std::string text = folder_.read(name + "/evaluations.jsonl");
      if (std::count(text.begin(), text.end(), '\n') >= count) return true;
      if (child.ends_within(std::chrono::milliseconds(1))) return false;
    }
  }
  std::vector<pid_t> commands() const {
    std::istringstream text(folder_.read("pids"));
    std::vector<pid_t> pids;
    for (pid_t pid = 0; text >> pid;) pids.push_back(pid);
    return pids;
  }
  /// True once none of the processes runs.
  static bool end_within(const std::vector<pid_t>& pids, std::chrono::seconds limit) {
    const auto until = std::chrono::steady_clock::now() + limit;
    while (std::any_of(pids.begin(), pids.end(), exturbo::test::is_running)) {
      if (std::chrono::steady_clock::now() > until) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
  }

  exturbo::test::TemporaryFolder folder_;
  std::string err_;
};

}  // namespace

TEST_F(EvaluatorRun, IsTheSameForAnyNumberOfWorkers) {
  for (const char* workers : {"1", "2", "4"})
    ASSERT_LE(run(optimize(workers, {"--workers", workers, "--no-report"})), 1) << err_;
  EXPECT_EQ(journal("1").size(), 24U);
  for (const char* other : {"2", "4"}) {
    EXPECT_EQ(journal("1"), journal(other));
    EXPECT_EQ(result("1"), result(other));
  }
  // The run meets every kind of reply, or it would show little.
  std::string all;
  for (const auto& [index, line] : journal("1")) all += line;
  for (const char* status : {"\"ok\"", "\"crashed\"", "\"evaluator_error\"", "\"bad_reply\""})
    EXPECT_NE(all.find(status), std::string::npos) << status;
}

TEST_F(EvaluatorRun, HasTheFilesOfARunButThoseOfACircuit) {
  ASSERT_LE(run(optimize("run")), 1) << err_;
  for (const char* name : {"run.json", "evaluations.jsonl", "result.json", "seeds.json", "report.html", "report.md"})
    EXPECT_TRUE(std::filesystem::exists(folder("run") + "/" + name)) << name;
  for (const char* name : {"sized.cir", "sized.param.inc"})
    EXPECT_FALSE(std::filesystem::exists(folder("run") + "/" + name)) << name;
  expect_fits(folder_.read("run/run.json"), "run");
  expect_fits(folder_.read("run/result.json"), "result");
  expect_lines("run/evaluations.jsonl", "evaluation");
  EXPECT_NE(folder_.read("run/report.md").find("evaluator's command returned"), std::string::npos);
  EXPECT_EQ(run({EXTURBO_PROGRAM, "report", folder("run")}), 0) << err_;
  EXPECT_EQ(run({EXTURBO_PROGRAM, "verify", folder("run"), "--allow-command"}), 2);
  EXPECT_NE(err_.find("/evaluator: error VER-003"), std::string::npos) << err_;
}

TEST_F(EvaluatorRun, KilledAnywhereEndsWhereItWouldHaveEnded) {
  ASSERT_LE(run(optimize("whole", {"--no-report"})), 1) << err_;
  for (const int lines : {1, 6, 8, 15}) {
    const std::string name = "killed" + std::to_string(lines);
    {
      ChildProcess child(optimize(name, {"--no-report", "--workers", "2"}), folder_.path());
      if (wait_for_lines(child, name, lines)) child.kill(SIGKILL);
    }
    ASSERT_LE(run(resume(name)), 1) << err_;
    EXPECT_EQ(journal("whole"), journal(name)) << lines;
    EXPECT_EQ(result("whole"), result(name)) << lines;
  }
  EXPECT_TRUE(end_within(commands(), std::chrono::seconds(20)));
}

TEST_F(EvaluatorRun, InterruptedEndsWith130AndCanBeResumed) {
  ASSERT_LE(run(optimize("whole", {"--no-report"})), 1) << err_;
  ChildProcess child(optimize("stopped", {"--no-report"}), folder_.path());
  ASSERT_TRUE(wait_for_lines(child, "stopped", 3));
  child.kill(SIGTERM);
  const int code = child.wait();
  const bool finished = std::filesystem::exists(folder("stopped") + "/result.json");
  EXPECT_TRUE(code == 130 || finished) << code << child.err();
  EXPECT_TRUE(finished ||
              child.err() == "interrupted; go on with: exturbo resume " + folder("stopped") + " --allow-command\n")
      << child.err();
  EXPECT_TRUE(end_within(commands(), std::chrono::seconds(0)));
  ASSERT_LE(run(resume("stopped")), 1) << err_;
  EXPECT_EQ(result("whole"), result("stopped"));
}

TEST_F(EvaluatorRun, KilledLeavesNoProcess) {
  write("parent");
  ChildProcess child(optimize("run", {"--workers", "2", "--budget", "100000"}), folder_.path());
  ASSERT_TRUE(wait_for_lines(child, "run", 8));
  const auto supervisors = exturbo::test::children_of(child.pid());
  EXPECT_GE(supervisors.size(), 1U);
  child.kill(SIGKILL);
  child.wait();
  EXPECT_TRUE(end_within(commands(), std::chrono::seconds(20)));
  EXPECT_TRUE(end_within(supervisors, std::chrono::seconds(20)));
}

TEST_F(EvaluatorRun, AsksForPermissionAtEveryStart) {
  std::vector<std::string> words = optimize("run", {"--no-report"});
  words.erase(words.begin() + 3);
  EXPECT_EQ(run(words), 2);
  EXPECT_NE(err_.find("/evaluator/command: error CMD-001"), std::string::npos) << err_;
  EXPECT_FALSE(std::filesystem::exists(folder("run")));
  EXPECT_FALSE(std::filesystem::exists(folder("pids")));
  ASSERT_LE(run(optimize("run", {"--no-report", "--budget", "4"})), 1) << err_;
  EXPECT_EQ(run({EXTURBO_PROGRAM, "resume", folder("run"), "--budget", "8", "--quiet"}), 2);
  EXPECT_NE(err_.find("/evaluator/command: error CMD-001"), std::string::npos) << err_;
  EXPECT_EQ(journal("run").size(), 4U);
}

TEST_F(EvaluatorRun, OfACommandThatEndsAtOnceEndsWithThree) {
  write("exits");
  EXPECT_EQ(run(optimize("run")), 3);
  EXPECT_NE(
      err_.find("exits` ended 5 times in a row before it read its request: it ended with exit code 5; it wrote: no "
                "licence; then go on with: exturbo resume"),
      std::string::npos)
      << err_;
  // No design is to blame: none is recorded as failed.
  EXPECT_EQ(journal("run").size(), 0U);
}

TEST_F(EvaluatorRun, GoesOnOnlyWhereItsCommandIs) {
  std::filesystem::create_directory(folder("here"));
  std::filesystem::copy(folder("problem.json"), folder("here/problem.json"));
  std::vector<std::string> words = optimize("run", {"--no-report", "--budget", "2"});
  words[2] = folder("here/problem.json");
  ASSERT_LE(run(words), 1) << err_;
  EXPECT_EQ(Json::parse(folder_.read("run/run.json")).at("evaluator_folder"), folder("here"));
  std::filesystem::remove_all(folder("here"));
  EXPECT_EQ(run(resume("run")), 3);
  EXPECT_NE(err_.find(folder("here") + "; put it back"), std::string::npos) << err_;
}

TEST_F(EvaluatorRun, SimulatesOneDesign) {
  folder_.write("design.json", R"({"x": 0.5, "y": 0.7})");
  const std::vector<std::string> words{EXTURBO_PROGRAM,       "simulate", folder("problem.json"), "--variables",
                                       folder("design.json"), "--json",   "--allow-command"};
  ChildProcess child(words, folder_.path());
  EXPECT_EQ(child.wait(), 0) << child.err();
  EXPECT_DOUBLE_EQ(Json::parse(child.out()).at("best").at("metrics").at("g").get<double>(), 1.2);
}

TEST_F(EvaluatorRun, LearnsFromAnEarlierRunAndStartsFromItsBest) {
  write("good");
  ASSERT_EQ(run(optimize("first", {"--no-report", "--budget", "40"})), 0) << err_;
  ASSERT_EQ(run(optimize("second", {"--budget", "12", "--rng-seed", "2", "--history", folder("first")})), 0) << err_;
  const Json found = Json::parse(folder_.read("second/result.json"));
  EXPECT_EQ(found.at("first_feasible"), 1);
  EXPECT_EQ(found.at("evaluations"), 12);
  EXPECT_EQ(found.at("learned"), Json::parse(R"({"evaluations": 40, "runs": [{"run": "first", "evaluations": 40}]})"));
  EXPECT_EQ(folder_.read("second/result.json").find(folder_.path().string()), std::string::npos);
  const Json best = Json::parse(folder_.read("first/result.json")).at("best");
  const Json start = Json::parse(journal("second").at(1));
  EXPECT_EQ(start.at("origin"), "seed");
  EXPECT_EQ(start.at("variables"), best.at("variables"));
  EXPECT_LE(found.at("cost"), Json::parse(folder_.read("first/result.json")).at("cost"));
  const Json seed = Json::parse(folder_.read("second/seeds.json")).at("seeds").at(0);
  EXPECT_EQ(seed.at("origin").at("agent"), "history");
  EXPECT_EQ(seed.at("origin").at("role"), "first");
  expect_fits(folder_.read("second/run.json"), "run");
  expect_fits(folder_.read("second/result.json"), "result");
  expect_lines("second/input/history.jsonl", "history");
  EXPECT_NE(folder_.read("second/report.md").find("40 evaluations of first"), std::string::npos);
}

TEST_F(EvaluatorRun, WithAHistoryGoesOnWithoutItAtEveryBatchBoundary) {
  ASSERT_LE(run(optimize("first", {"--no-report", "--budget", "40"})), 1) << err_;
  const std::vector<std::string> more{"--no-report",   "--budget",       "16", "--rng-seed", "2", "--history",
                                      folder("first"), "--model-points", "30",
                                      "--trust-region", "0.1"};
  ASSERT_LE(run(optimize("whole", more)), 1) << err_;
  std::filesystem::rename(folder("first"), folder("gone"));
  for (const int told : {0, 4, 7, 8, 12}) {
    const std::string name = "cut" + std::to_string(told);
    std::filesystem::copy(folder("whole"), folder(name), std::filesystem::copy_options::recursive);
    std::filesystem::remove(folder(name + "/result.json"));
    std::string text;
    for (const auto& [index, line] : journal("whole", true)) text += index <= told ? line + "\n" : "";
    folder_.write(name + "/evaluations.jsonl", text);
    ASSERT_LE(run(resume(name)), 1) << err_;
    EXPECT_EQ(journal("whole"), journal(name)) << told;
    EXPECT_EQ(result("whole"), result(name)) << told;
  }
}

TEST_F(EvaluatorRun, WithAHistoryModelPointsOrATrustRegionIsAnotherRun) {
  write("good");
  ASSERT_EQ(run(optimize("first", {"--no-report", "--budget", "40"})), 0) << err_;
  const std::vector<std::string> more{"--no-report", "--budget", "16", "--history", folder("first")};
  ASSERT_EQ(run(optimize("a", more)), 0) << err_;
  std::vector<std::string> fewer = more;
  fewer.insert(fewer.end(), {"--model-points", "10"});
  ASSERT_EQ(run(optimize("b", fewer)), 0) << err_;
  EXPECT_EQ(Json::parse(folder_.read("b/run.json")).at("model_points"), 10);
  EXPECT_NE(journal("a"), journal("b"));
  std::vector<std::string> nearer = more;
  nearer.insert(nearer.end(), {"--trust-region", "0.1"});
  ASSERT_EQ(run(optimize("c", nearer)), 0) << err_;
  const Json manifest = Json::parse(folder_.read("c/run.json"));
  EXPECT_EQ(manifest.at("trust_region"), 0.1);
  EXPECT_NE(manifest.at("command").get<std::string>().find("--trust-region 0.1"), std::string::npos);
  EXPECT_NE(journal("a"), journal("c"));
}

TEST_F(EvaluatorRun, WithAChangedHistoryIsRefused) {
  ASSERT_LE(run(optimize("first", {"--no-report"})), 1) << err_;
  ASSERT_LE(run(optimize("second", {"--no-report", "--budget", "4", "--history", folder("first")})), 1) << err_;
  const std::string name = "second/input/history.jsonl";
  folder_.write(name, folder_.read(name).substr(1));
  std::vector<std::string> words = resume("second");
  words.insert(words.end(), {"--budget", "8"});
  EXPECT_EQ(run(words), 2);
  EXPECT_NE(err_.find("input/history.jsonl: error RUN-005: was changed since the run began"), std::string::npos)
      << err_;
  EXPECT_EQ(journal("second").size(), 4U);
}

TEST_F(EvaluatorRun, LeavesOutOfAHistoryWhatLiesOutsideItsRanges) {
  write("good");
  ASSERT_EQ(run(optimize("first", {"--no-report", "--budget", "30"})), 0) << err_;
  Json problem = Json::parse(folder_.read("problem.json"));
  problem["variables"]["x"]["min"] = 0;
  problem["specs"]["ratio"] = {{"max", 5}};  // the older run computed it and had no spec on it
  folder_.write("problem.json", problem.dump(2));
  ASSERT_LE(run(optimize("second",
                         {"--no-report", "--budget", "4", "--history", folder("first"), "--history", folder("first")})),
            1)
      << err_;
  const Json sources = Json::parse(folder_.read("second/run.json")).at("history");
  ASSERT_EQ(sources.size(), 2U);
  const int outside = sources.at(0).at("outside").get<int>();
  EXPECT_GT(outside, 0);
  EXPECT_EQ(sources.at(0).at("evaluations"), 30 - outside);
  EXPECT_EQ(sources.at(1).at("repeated"), 30 - outside);
  EXPECT_EQ(sources.at(1).at("evaluations"), 0);
  EXPECT_NE(folder_.read("second/input/history.jsonl").find("\"ratio\""), std::string::npos);
}
