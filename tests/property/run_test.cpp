// Properties of whole runs of the program: the number of workers, kills and interruptions change nothing.
// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "exturbo/core/random.hpp"
#include "support/child_process.hpp"
#include "support/made_process.hpp"
#include "support/tiny_problem.hpp"

using namespace exturbo;
using test::ChildProcess;
using Json = nlohmann::ordered_json;

namespace {

constexpr int kBudget = 60;
const std::string kProgram = EXTURBO_PROGRAM;
const std::string kProblem = EXTURBO_SOURCE_DIR "/circuits/ota5/ptm180.json";

class Run : public ::testing::Test {
 protected:
  std::string folder(const std::string& name) const { return (folder_.path() / name).string(); }

  std::vector<std::string> size_command(const std::string& name, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words{
        kProgram, "size",      problem_, "--no-report", "--quiet", "--budget", std::to_string(kBudget),
        "--out",  folder(name)};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  std::vector<std::string> resume_command(const std::string& name) const {
    return {kProgram, "resume", folder(name), "--no-report", "--quiet"};
  }

  /// Runs to the end; the program may or may not meet the specs.
  void run(const std::vector<std::string>& words) {
    ChildProcess child(words, folder_.path());
    const int status = child.wait();
    ASSERT_TRUE(status == 0 || status == 1) << status << ": " << child.err();
  }

  std::size_t journal_lines(const std::string& name) const {
    const std::string text = folder_.read(name + "/evaluations.jsonl");
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  }

  /// result.json without the timings.
  std::string result(const std::string& name) const {
    Json json = Json::parse(folder_.read(name + "/result.json"));
    json.erase("seconds");
    return json.dump(1);
  }

  /// The journal by index, without what may differ between repeats.
  std::vector<std::string> journal(const std::string& name) const {
    std::map<int, std::string> lines;
    std::istringstream stream(folder_.read(name + "/evaluations.jsonl"));
    for (std::string line; std::getline(stream, line);) {
      Json json = Json::parse(line);
      for (const char* key : {"seconds", "worker", "attempts", "start"}) json.erase(key);
      EXPECT_TRUE(lines.emplace(json.at("index").get<int>(), json.dump()).second) << "an index twice";
    }
    std::vector<std::string> sorted;
    for (auto& [index, line] : lines) sorted.push_back(std::move(line));
    return sorted;
  }

  /// Waits until the journal has that many lines; false if the program ended before.
  bool wait_for_lines(ChildProcess& child, const std::string& name, std::size_t lines) {
    while (journal_lines(name) < lines) {
      if (child.ends_within(std::chrono::milliseconds(1))) return false;
    }
    return true;
  }

  test::TemporaryFolder folder_;
  std::string problem_ = kProblem;
};

/// ota5 with a noise source that takes half a second of processor time to prepare: time to interfere.
class SlowRun : public Run {
 protected:
  void SetUp() override {
    namespace fs = std::filesystem;
    fs::copy(fs::path(kProblem).parent_path(), folder_.path() / "circuit");
    Json json = Json::parse(std::ifstream(kProblem));
    json["pdk"] = EXTURBO_SOURCE_DIR "/pdk/ptm180";
    problem_ = folder_.write("circuit/slow.json", json.dump(2)).string();
    std::ofstream(folder_.path() / "circuit/follower_step.cir", std::ios::app)
        << "Vnoise n 0 DC 0 TRNOISE(0 1p 1 1n)\nRnoise n 0 1k\n";
  }
  std::vector<std::string> one(std::vector<std::string> words) const {
    if (words[1] == "size") *(std::find(words.begin(), words.end(), "--budget") + 1) = "1";
    return words;
  }
};

/// ota5 on 13 corners with the small-signal specs only, eased so that some designs meet them everywhere.
class CornerRun : public Run {
 protected:
  static constexpr std::size_t kCorners = 13;

  void SetUp() override {
    namespace fs = std::filesystem;
    const fs::path circuit = folder_.path() / "circuit";
    fs::copy(fs::path(kProblem).parent_path(), circuit);
    Json json = Json::parse(std::ifstream(kProblem));
    json["pdk"] = EXTURBO_SOURCE_DIR "/pdk/ptm180";
    json["testbenches"] = {{"open_loop", json["testbenches"]["open_loop"]}};
    for (const char* part : {"metrics", "specs"}) {
      for (const char* id : {"icmr_low", "icmr_high", "slew_rate", "thd"}) json[part].erase(id);
    }
    json["specs"]["dc_gain"]["min"] = 30;
    json["specs"]["psrr"]["min"] = 30;
    json["specs"]["cmrr"]["min"] = 50;
    json["specs"]["unity_gain_frequency"]["min"] = "5meg";
    json["specs"]["offset"]["max"] = "20m";
    json["specs"]["power"]["max"] = "500u";
    json["corners"] = Json::parse(R"([{"process": "tt", "temperature": 27}, {
        "process": ["tt", "ff", "ss"], "temperature": [-40, 125], "supply": [0.95, 1.05]}])");
    problem_ = folder_.write("circuit/corners.json", json.dump(2)).string();
  }

  /// Number of corners by evaluation of the journal.
  std::vector<std::size_t> corner_counts(const std::string& name) const {
    std::vector<std::size_t> counts;
    for (const std::string& line : journal(name)) counts.push_back(Json::parse(line).at("corners").size());
    return counts;
  }
};

/// A finished run of the tiny problem, whose process has mismatch and variation.
class VerifyRun : public Run {
 protected:
  void SetUp() override {
    problem_ = test::write_tiny(folder_).string();
    Json process = Json::parse(test::kTinyProcess);
    process["corners"]["ss"] = Json::parse(R"({"nmos": {"vto": {"add": 0.05}, "kp": {"scale": 0.9}}})");
    process["mismatch"] =
        Json::parse(R"({"assumption": "made up", "devices": {"nmos": {"a_vt": "20n", "a_beta": "50n"}}})");
    process["variation"] =
        Json::parse(R"({"assumption": "made up", "fast": "ff", "slow": "ss", "sigmas": 3, "correlation": 0})");
    folder_.write("pdk/tiny/process.json", process.dump());
    run({kProgram, "size", problem_, "--no-report", "--quiet", "--budget", "8", "--out", folder("made")});
  }

  /// A copy of the run to verify.
  std::string copy(const std::string& name) const {
    std::filesystem::copy(folder("made"), folder(name), std::filesystem::copy_options::recursive);
    return folder(name);
  }
  static std::vector<std::string> verify_command(const std::string& folder, int samples,
                                                 const std::vector<std::string>& more = {}) {
    std::vector<std::string> words{kProgram, "verify",  folder,          "--corners",
                                   "all",    "--quiet", "--monte-carlo", std::to_string(samples)};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  std::string verified(const std::string& name) const { return folder_.read(name + "/verify.json"); }
  std::vector<std::string> lines(const std::string& name) const {
    std::vector<std::string> all;
    std::istringstream stream(folder_.read(name + "/verify.jsonl"));
    for (std::string line; std::getline(stream, line);) all.push_back(line);
    return all;
  }
  std::vector<std::string> sorted_lines(const std::string& name) const {
    auto all = lines(name);
    std::sort(all.begin(), all.end());
    return all;
  }
};

}  // namespace

TEST_F(Run, DesignsOfTheModelSayWhereTheTrustRegionWas) {
  run(size_command("run"));
  int regions = 0, restarts = 0;
  for (const std::string& line : journal("run")) {
    const Json json = Json::parse(line);
    ASSERT_EQ(json.contains("region"), json.at("origin") == "model") << line;
    if (!json.contains("region")) continue;
    ++regions;
    EXPECT_GT(json["region"]["side"], 0);
    EXPECT_GE(json["region"]["restart"], restarts);
    restarts = json["region"]["restart"];
  }
  EXPECT_GT(regions, kBudget / 2);
}

TEST_F(Run, JournalIsTheSameForOneTwoAndFourWorkers) {
  for (const char* workers : {"1", "2", "4"}) run(size_command(workers, {"--workers", workers}));
  const auto one = journal("1");
  ASSERT_EQ(one.size(), static_cast<std::size_t>(kBudget));
  EXPECT_EQ(journal("2"), one);
  EXPECT_EQ(journal("4"), one);
  EXPECT_EQ(result("2"), result("1"));
  EXPECT_EQ(result("4"), result("1"));
}

TEST_F(Run, KilledAtTenRandomMomentsAndResumedGivesTheSameResult) {
  run(size_command("whole"));
  core::RandomStream stream(20261123, 1, core::Purpose::kTest);
  int killed = 0;
  for (int i = 0; i < 10; ++i) {
    const std::string name = "killed" + std::to_string(i);
    // Somewhere between two journal lines, and then some milliseconds on: also inside a write or a fit.
    const std::size_t lines = 1 + stream.below(kBudget - 2);
    const auto extra = std::chrono::microseconds(stream.below(20000));
    {
      ChildProcess child(size_command(name), folder_.path());
      if (wait_for_lines(child, name, lines)) {
        std::this_thread::sleep_for(extra);
        child.kill(SIGKILL);
        killed += child.wait() == 128 + SIGKILL ? 1 : 0;
      }
    }
    run(resume_command(name));
    EXPECT_EQ(result(name), result("whole")) << "killed after " << lines << " lines";
    EXPECT_EQ(journal(name), journal("whole"));
  }
  EXPECT_GE(killed, 8) << "the kills came too late to mean anything";
}

TEST_F(Run, AKilledWorkerIsReplacedAndItsEvaluationMadeAgain) {
  run(size_command("whole"));
  ChildProcess child(size_command("wounded"), folder_.path());
  int kills = 0;
  for (std::size_t lines = 5; lines < kBudget - 5; lines += 10) {
    if (!wait_for_lines(child, "wounded", lines)) break;
    const auto workers = test::children_of(child.pid());
    if (!workers.empty()) kills += ::kill(workers[lines % workers.size()], SIGKILL) == 0 ? 1 : 0;
  }
  const int status = child.wait();
  ASSERT_TRUE(status == 0 || status == 1) << child.err();
  EXPECT_GE(kills, 3);
  EXPECT_EQ(journal("wounded"), journal("whole"));
  EXPECT_EQ(result("wounded"), result("whole"));
}

TEST_F(Run, InterruptedEndsWith130LeavesNoWorkerAndCanBeResumed) {
  run(size_command("whole"));
  for (const int signal : {SIGINT, SIGTERM}) {
    const std::string name = "interrupted" + std::to_string(signal);
    ChildProcess child(size_command(name), folder_.path());
    ASSERT_TRUE(wait_for_lines(child, name, 10));
    const auto workers = test::children_of(child.pid());
    child.kill(signal);
    EXPECT_EQ(child.wait(), 130);
    EXPECT_NE(child.err().find("exturbo resume"), std::string::npos) << child.err();
    for (const pid_t worker : workers) EXPECT_FALSE(test::is_running(worker));
    run(resume_command(name));
    EXPECT_EQ(result(name), result("whole"));
  }
}

TEST_F(Run, NoWorkerOutlivesAKilledProgram) {
  ChildProcess child(size_command("orphans"), folder_.path());
  ASSERT_TRUE(wait_for_lines(child, "orphans", 5));
  const auto workers = test::children_of(child.pid());
  ASSERT_FALSE(workers.empty());
  child.kill(SIGKILL);
  child.wait();
  for (const pid_t worker : workers) {
    for (int i = 0; i < 2000 && test::is_running(worker); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    EXPECT_FALSE(test::is_running(worker));
  }
}

TEST_F(Run, ALargerBudgetOnResumeGivesWhatItWouldHaveGivenAtOnce) {
  run(size_command("whole"));
  auto words = size_command("longer");
  *(std::find(words.begin(), words.end(), "--budget") + 1) = "20";
  run(words);
  auto more = resume_command("longer");
  more.insert(more.end(), {"--budget", std::to_string(kBudget)});
  {
    ChildProcess child(more, folder_.path());
    ASSERT_TRUE(wait_for_lines(child, "longer", 25));
    EXPECT_FALSE(std::filesystem::exists(folder_.path() / "longer/result.json")) << "of a run that goes on";
    child.kill(SIGKILL);
    child.wait();
  }
  run(resume_command("longer"));
  EXPECT_EQ(journal("longer"), journal("whole"));
  EXPECT_EQ(result("longer"), result("whole"));
}

/// The Miller amplifier at 90 nm with its small-signal specs only.
TEST_F(Run, DesignsFoundOnDerivedCardsCountAsTheOriginalOnesFindThem) {
  namespace fs = std::filesystem;
  const fs::path original = EXTURBO_SOURCE_DIR "/circuits/miller/ptm90.json";
  fs::copy(original.parent_path(), folder_.path() / "circuit");
  Json json = Json::parse(std::ifstream(original));
  json["pdk"] = EXTURBO_SOURCE_DIR "/pdk/ptm90";
  json["testbenches"] = {{"open_loop", json["testbenches"]["open_loop"]}};
  for (const char* part : {"metrics", "specs"}) {
    for (const char* id : {"icmr_low", "icmr_high", "output_swing", "slew_rate", "thd"}) json[part].erase(id);
  }
  problem_ = folder_.write("circuit/search.json", json.dump(2)).string();
  run(size_command("one", {"--search-cards", "derived", "--workers", "1"}));
  run(size_command("two", {"--search-cards", "derived", "--workers", "2"}));
  EXPECT_EQ(journal("one"), journal("two"));
  int feasible = 0, confirmed = 0;
  for (const std::string& line : journal("one")) {
    const Json evaluation = Json::parse(line);
    feasible += evaluation.at("feasible").get<bool>() ? 1 : 0;
    confirmed += evaluation.contains("derived_cards") ? 0 : 1;
    EXPECT_TRUE(!evaluation.at("feasible").get<bool>() || !evaluation.contains("derived_cards")) << line;
  }
  EXPECT_GT(feasible, 0);
  EXPECT_LT(confirmed, kBudget / 2 + feasible) << "only those feasible on the derived cards are simulated again";
  const Json best = Json::parse(result("one")).at("best");
  ChildProcess child({kProgram, "simulate", problem_, "--variables", folder("one/result.json"), "--json"},
                     folder_.path());
  ASSERT_EQ(child.wait(), 0) << child.err();
  const Json again = Json::parse(child.out()).at("best").at("metrics");
  for (const char* metric : {"dc_gain", "phase_margin", "power"})
    EXPECT_NEAR(best.at("metrics").at(metric).get<double>() / again.at(metric).get<double>(), 1, 1e-5) << metric;
}

TEST_F(CornerRun, OnlyDesignsThatPassOnTheWorstCornersAreSimulatedOnAll) {
  run(size_command("worst"));
  const auto counts = corner_counts("worst");
  ASSERT_EQ(counts.size(), static_cast<std::size_t>(kBudget));
  EXPECT_EQ(counts.front(), kCorners);
  std::size_t sum = 0, whole = 0, index = 0;
  for (const std::string& line : journal("worst")) {
    const std::size_t count = counts[index++];
    EXPECT_TRUE(count == kCorners || !Json::parse(line).at("feasible").get<bool>()) << line;
    EXPECT_TRUE(count == kCorners || count <= 6) << count;
    sum += count;
    whole += count == kCorners ? 1 : 0;
  }
  EXPECT_GT(whole, 2U) << "no design went on to the second stage: the test shows nothing";
  EXPECT_LT(whole, counts.size());
  const Json found = Json::parse(result("worst"));
  EXPECT_EQ(found.at("corner_simulations").get<std::size_t>(), sum);
  EXPECT_EQ(found.at("status"), "feasible");
  EXPECT_EQ(found.at("best").at("corners").size(), kCorners);
  // The operating points are of a repeat in both stages, each at its own corner.
  const Json best = found.at("best").at("corners");
  const auto vth = [&](const char* corner) {
    return best.at(corner).at("operating_points").begin()->at("vth").get<double>();
  };
  EXPECT_GT(std::abs(vth("tt_27C") - vth("ss_125C_1.71V")), 1e-3);
  EXPECT_GT(std::abs(vth("ss_-40C_1.71V") - vth("ff_125C_1.89V")), 1e-2);

  run(size_command("all", {"--corners", "all"}));
  const auto every = corner_counts("all");
  EXPECT_EQ(std::count(every.begin(), every.end(), kCorners), kBudget);
}

TEST_F(CornerRun, JournalIsTheSameForOneTwoAndFourWorkers) {
  for (const char* workers : {"1", "2", "4"}) run(size_command(workers, {"--workers", workers}));
  const auto one = journal("1");
  ASSERT_EQ(one.size(), static_cast<std::size_t>(kBudget));
  EXPECT_EQ(journal("2"), one);
  EXPECT_EQ(journal("4"), one);
  EXPECT_EQ(result("2"), result("1"));
  EXPECT_EQ(result("4"), result("1"));
}

TEST_F(CornerRun, KilledAndResumedGivesTheSameResult) {
  run(size_command("whole"));
  for (const std::size_t lines : {2U, 17U, 38U, 55U}) {
    const std::string name = "killed" + std::to_string(lines);
    {
      ChildProcess child(size_command(name), folder_.path());
      ASSERT_TRUE(wait_for_lines(child, name, lines));
      child.kill(SIGKILL);
      child.wait();
    }
    run(resume_command(name));
    EXPECT_EQ(journal(name), journal("whole")) << "killed after " << lines << " lines";
    EXPECT_EQ(result(name), result("whole"));
  }
}

TEST_F(SlowRun, InterruptedInTheLastSimulationCanBeResumed) {
  ChildProcess child(one(size_command("slow")), folder_.path());
  ASSERT_TRUE(wait_for_lines(child, "slow", 1));
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  child.kill(SIGINT);
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(child.wait(), 130) << child.err();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2));
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "slow/result.json"));

  // It fails where it succeeded before: no result without the operating points, and no false one.
  auto hurried = resume_command("slow");
  hurried.insert(hurried.end(), {"--cpu-limit", "0.05", "--wall-limit", "30"});
  ChildProcess failing(hurried, folder_.path());
  EXPECT_EQ(failing.wait(), 3);
  EXPECT_NE(failing.err().find("cpu_limit"), std::string::npos) << failing.err();
  EXPECT_NE(failing.err().find("exturbo resume"), std::string::npos) << failing.err();
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "slow/result.json"));

  run(resume_command("slow"));
  EXPECT_FALSE(Json::parse(result("slow")).at("best").at("corners").at("tt_27C").at("operating_points").empty());
}

TEST_F(Run, OnALibraryProcessIsSizedAndResumed) {
  problem_ = test::write_made_problem(folder_).string();
  const auto command = [&](const std::string& name) {
    return std::vector<std::string>{kProgram,   "size", problem_, "--no-report", "--quiet",
                                    "--budget", "14",   "--out",  folder(name)};
  };
  run(command("whole"));
  {
    ChildProcess child(command("killed"), folder_.path());
    ASSERT_TRUE(wait_for_lines(child, "killed", 5));
    child.kill(SIGKILL);
    child.wait();
  }
  ASSERT_LT(journal_lines("killed"), 14U);
  // The run has its own copy of the library, includes and all.
  std::filesystem::remove_all(folder_.path() / "pdk");
  run(resume_command("killed"));
  EXPECT_EQ(journal("killed"), journal("whole"));
  EXPECT_EQ(result("killed"), result("whole"));
  const Json found = Json::parse(result("whole"));
  EXPECT_EQ(found.at("best").at("corners").size(), 3U);
  EXPECT_EQ(found.at("best").at("corners").at("ff_27C").at("operating_points").size(), 6U);
}

TEST_F(VerifyRun, IsTheSameForOneTwoAndFourWorkers) {
  for (const char* workers : {"1", "2", "4"}) run(verify_command(copy(workers), 40, {"--workers", workers}));
  const Json found = Json::parse(verified("1"));
  EXPECT_EQ(found.at("samples"), 40);
  EXPECT_EQ(found.at("corners").size(), 19U);
  EXPECT_GT(found.at("per_spec").at("dc_gain").at("monte_carlo").at("sigma").get<double>(), 1e-3);
  for (const char* workers : {"2", "4"}) {
    EXPECT_EQ(verified(workers), verified("1"));
    EXPECT_EQ(sorted_lines(workers), sorted_lines("1"));
  }
}

TEST_F(VerifyRun, KilledAndStartedAgainLosesNothing) {
  constexpr std::size_t kLines = 1 + 19 + 60;
  run(verify_command(copy("whole"), 60));
  EXPECT_EQ(lines("whole").size(), kLines);
  for (const std::size_t at : {1U, 5U, 23U, 71U}) {
    const std::string name = "killed" + std::to_string(at);
    const auto command = verify_command(copy(name), 60);
    {
      ChildProcess child(command, folder_.path());
      while (lines(name).size() < at) ASSERT_FALSE(child.ends_within(std::chrono::milliseconds(1)));
      child.kill(SIGKILL);
      ASSERT_EQ(child.wait(), 128 + SIGKILL);
    }
    EXPECT_EQ(verified(name), "");
    const auto before = lines(name);
    run(command);
    const auto after = lines(name);
    ASSERT_EQ(after.size(), kLines) << "killed after " << at << " lines";
    // All whole lines stay as they were; the last one may have been torn.
    EXPECT_TRUE(std::equal(before.begin(), before.end() - 1, after.begin()));
    EXPECT_EQ(sorted_lines(name), sorted_lines("whole"));
    EXPECT_EQ(verified(name), verified("whole"));
  }
}

TEST_F(VerifyRun, MoreSamplesMakeOnlyThoseThatAreMissing) {
  run(verify_command(copy("grown"), 10));
  const auto before = lines("grown");
  run(verify_command(folder("grown"), 30));
  const auto after = lines("grown");
  ASSERT_EQ(after.size(), before.size() + 20);
  EXPECT_TRUE(std::equal(before.begin(), before.end(), after.begin()));
  run(verify_command(copy("fresh"), 30));
  EXPECT_EQ(verified("grown"), verified("fresh"));
  run(verify_command(folder("grown"), 30, {"--rng-seed", "2"}));
  EXPECT_EQ(lines("grown").size(), after.size() + 30);
  EXPECT_NE(verified("grown"), verified("fresh"));
}

TEST_F(VerifyRun, SamplesLieAtTheCornerAskedFor) {
  run(verify_command(copy("worst"), 20, {"--monte-carlo-corner", "worst"}));
  const Json worst = Json::parse(verified("worst"));
  EXPECT_EQ(worst.at("monte_carlo_corner"), worst.at("worst_corner"));
  EXPECT_NE(worst.at("worst_corner"), "tt_27C");
  run(verify_command(copy("named"), 20, {"--monte-carlo-corner", worst.at("worst_corner").get<std::string>()}));
  EXPECT_EQ(verified("named"), verified("worst"));
}
