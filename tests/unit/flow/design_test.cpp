#include "exturbo/flow/design.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "exturbo/core/fault.hpp"
#include "support/temporary_folder.hpp"

namespace exturbo::flow {
namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& file) {
  std::ifstream stream(file);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

/// A five-transistor amplifier with specs that it can meet.
class Design : public testing::Test {
 protected:
  void SetUp() override {
    setenv("EXTURBO_CACHE", (folder_.path() / "cache").c_str(), 1);
    unsetenv("EXTURBO_VLM_URL");
    fs::copy_file(fs::path(EXTURBO_SOURCE_DIR) / "circuits/ota5/ota5.cir", folder_.path() / "amplifier.cir");
    write_specs(
        R"({"specs": {"dc_gain": {"min": 36}, "unity_gain_frequency": {"min": "5meg"}, "phase_margin": {"min": 55},
                    "power": {"max": "400u"}}, "objective": {"minimize": "power"}})");
    request_.netlist = folder_.path() / "amplifier.cir";
    request_.specs = folder_.path() / "specs.json";
    request_.pdk = "ptm180";
    request_.kind = "ota";
    request_.folder = folder_.path() / "design";
    request_.budget = 12;
  }
  void TearDown() override { unsetenv("EXTURBO_CACHE"); }

  void write_specs(const std::string& text) { std::ofstream(folder_.path() / "specs.json") << text; }
  /// result.json but for the seconds.
  std::string result() const {
    auto json = nlohmann::ordered_json::parse(content(request_.folder / "run/result.json"));
    json.erase("seconds");
    return json.dump();
  }

  test::TemporaryFolder folder_;
  DesignRequest request_;
};

TEST_F(Design, GoesFromANetlistAndSpecsToASizedNetlist) {
  std::vector<std::string> phases;
  DesignControl control;
  control.on_event = [&](const std::string& phase, const std::string&) { phases.push_back(phase); };
  const sizing::SizeSummary summary = design(request_, {}, control);
  EXPECT_EQ(summary.termination, sizing::Termination::kFinished);
  EXPECT_TRUE(summary.feasible);
  for (const char* file : {"design.json", "description.json", "problem/ptm180.json", "seeds.json", "run/sized.cir"})
    EXPECT_TRUE(fs::exists(request_.folder / file)) << file;
  EXPECT_FALSE(fs::exists(request_.folder / "agents.jsonl"));  // no model was asked
  EXPECT_EQ(std::count(phases.begin(), phases.end(), "describe"), 1);
  const auto problem = nlohmann::json::parse(content(request_.folder / "problem/ptm180.json"));
  EXPECT_EQ(problem.at("specs").at("power").at("max"), "400u");
  EXPECT_EQ(problem.at("specs").size(), 4u);
}

TEST_F(Design, GoesOnAtWhateverPhaseItWasStopped) {
  design(request_);
  const std::string whole = result();
  const std::string seeds = content(request_.folder / "seeds.json");
  // From the last phase back: what is missing is made again, the rest is taken as it is.
  for (const char* gone : {"run", "seeds.json", "problem", "description.json"}) {
    fs::remove_all(request_.folder / gone);
    fs::remove_all(request_.folder / "run");
    design(request_);
    EXPECT_EQ(result(), whole) << "without " << gone;
    EXPECT_EQ(content(request_.folder / "seeds.json"), seeds) << "without " << gone;
  }
}

TEST_F(Design, StopBetweenPhasesIsNoEnd) {
  std::atomic<bool> stop = false;
  DesignControl control;
  control.sizing.stop = &stop;
  control.on_event = [&](const std::string& phase, const std::string&) { stop = phase == "problem"; };
  EXPECT_EQ(design(request_, {}, control).termination, sizing::Termination::kInterrupted);
  EXPECT_FALSE(fs::exists(request_.folder / "seeds.json"));
  EXPECT_TRUE(design(request_).feasible);
}

TEST_F(Design, FolderOfAnotherRequestIsRefusedWithEachDifference) {
  design(request_);
  request_.rng_seed = 2;
  request_.budget = 13;
  try {
    design(request_);
    FAIL() << "went on with another request's design";
  } catch (const core::InputError& error) {
    ASSERT_EQ(error.faults().size(), 2u);
    EXPECT_EQ(error.faults()[0].id, "FLO-001");
    EXPECT_EQ(error.faults()[0].place, "/budget");
    EXPECT_EQ(error.faults()[1].place, "/rng_seed");
  }
}

TEST_F(Design, FolderWithOtherThingsIsRefused) {
  fs::create_directories(request_.folder);
  std::ofstream(request_.folder / "thesis.txt") << "precious";
  EXPECT_THROW(design(request_), core::InputError);
  EXPECT_EQ(content(request_.folder / "thesis.txt"), "precious");
}

TEST_F(Design, LearnsFromTheRunOfAnEarlierDesign) {
  design(request_);
  const fs::path first = request_.folder / "run";
  request_.folder = folder_.path() / "second";
  request_.history = {folder_.path() / "nowhere"};
  EXPECT_THROW(design(request_), core::InputError);
  EXPECT_FALSE(fs::exists(request_.folder));
  request_.history = {first};
  const sizing::SizeSummary summary = design(request_);
  EXPECT_EQ(summary.result.at("first_feasible"), 1);
  EXPECT_EQ(summary.result.at("learned").at("evaluations"), 12);
  // It goes on without what it has learned from.
  const std::string whole = result();
  fs::remove_all(first);
  fs::remove(request_.folder / "run/result.json");
  design(request_);
  EXPECT_EQ(result(), whole);
  request_.history.clear();
  EXPECT_THROW(design(request_), core::InputError);
}

TEST_F(Design, FaultySpecsLeaveNothingBehind) {
  write_specs(R"({"specs": {"beauty": {"min": 1}}})");
  EXPECT_THROW(design(request_), core::InputError);
  EXPECT_FALSE(fs::exists(request_.folder));
  write_specs(R"({"specs": {"power": {"max": "1m"}}, "shell": "rm"})");
  EXPECT_THROW(design(request_), core::InputError);
  EXPECT_FALSE(fs::exists(request_.folder));
}

}  // namespace
}  // namespace exturbo::flow
