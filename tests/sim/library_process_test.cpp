// Foundry-like libraries: subcircuit transistors, bins, sections, and includes of netlists.
// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <algorithm>

#include "exturbo/problem/load.hpp"
#include "exturbo/spice/netlist_check.hpp"
#include "exturbo/spice/pool.hpp"
#include "support/made_process.hpp"

using namespace exturbo;

namespace {

std::vector<spice::CornerOutcome> simulate(const problem::Problem& problem, double length) {
  spice::Pool pool(problem, {});
  pool.submit({1, {{"w1", 10}, {"l1", length}, {"w3", 10}}, {}, {}});
  std::optional<spice::Finished> finished;
  while (!finished) finished = pool.wait_any(std::chrono::seconds(10));
  return finished->outcome.corners;
}

std::string told(const problem::LoadResult& loaded) {
  std::string text;
  for (const core::Fault& fault : loaded.faults)
    text += fault.file + ": " + fault.place + ": " + fault.id + " " + fault.what + "\n";
  return text;
}

bool tells(const std::vector<core::Fault>& faults, const std::string& id, const std::string& file,
           const std::string& place) {
  return std::any_of(faults.begin(), faults.end(), [&](const core::Fault& fault) {
    return fault.id == id && fault.file.ends_with(file) && fault.place == place;
  });
}

}  // namespace

TEST(LibraryProcess, SubcircuitTransistorsHaveOperatingPointsAndCornersDiffer) {
  const test::TemporaryFolder folder;
  const auto loaded = problem::load_problem(test::write_made_problem(folder));
  ASSERT_TRUE(loaded.faults.empty()) << told(loaded);
  for (const auto& fault : spice::check_problem(loaded.problem))
    ADD_FAILURE() << fault.file << fault.place << fault.what;
  const auto corners = simulate(loaded.problem, 0.3);
  ASSERT_EQ(corners.size(), 3U);
  for (const auto& corner : corners) {
    ASSERT_EQ(corner.status, spice::Status::kOk) << corner.reason;
    ASSERT_EQ(corner.devices.size(), 6U);
    EXPECT_GT(corner.devices.at("XM2").gm, 1e-5);
    EXPECT_NEAR(corner.devices.at("XM8").id, 10e-6, 1e-7);
  }
  EXPECT_NEAR(corners[0].devices.at("XM2").vth - corners[1].devices.at("XM2").vth, 0.05, 0.01);
  EXPECT_NEAR(corners[2].devices.at("XM2").vth - corners[0].devices.at("XM2").vth, 0.05, 0.01);
}

TEST(LibraryProcess, LengthSelectsTheBin) {
  const test::TemporaryFolder folder;
  const auto loaded = problem::load_problem(test::write_made_problem(folder));
  ASSERT_TRUE(loaded.faults.empty()) << told(loaded);
  const double below = simulate(loaded.problem, 0.49)[0].devices.at("XM2").vth;
  const double above = simulate(loaded.problem, 0.51)[0].devices.at("XM2").vth;
  EXPECT_NEAR(above - below, 0.1, 0.02);
}

TEST(LibraryProcess, HostileLibrariesAreRefusedWithFileAndLine) {
  const auto faults_with = [](const std::string& file, const std::string& content) {
    const test::TemporaryFolder folder;
    const auto path = test::write_made_problem(folder);
    folder.write(file, content);
    auto loaded = problem::load_problem(path);
    if (loaded.faults.empty()) loaded.faults = spice::check_problem(loaded.problem);
    return loaded.faults;
  };
  const std::string all = "pdk/made/cells/all.spice";
  EXPECT_TRUE(tells(faults_with(all, "* x\n.include /etc/passwd\n"), "FIL-002", "all.spice", "line 2"));
  EXPECT_TRUE(tells(faults_with(all, ".include ../../../../etc/passwd\n"), "FIL-002", "all.spice", "line 1"));
  EXPECT_TRUE(tells(faults_with(all, "* x\n.include all.spice\n"), "FIL-004", "all.spice", "line 2"));
  std::string many;
  for (int i = 0; i < 1000000; ++i) many += ".include \"../devices/none.spice\"\n";
  const auto bounded = faults_with(all, many);
  EXPECT_TRUE(tells(bounded, "FIL-005", "all.spice", "line 1000"));
  EXPECT_LT(bounded.size(), 5000U);
  EXPECT_TRUE(tells(faults_with("pdk/made/devices/nfet.spice",
                                test::made_transistor("nmos", "", "0.03") + ".control\nshell id\n.endc\n"),
                    "SPI-006", "nfet.spice", "line 8"));
}

TEST(NetlistIncludes, FaultsNameTheIncludedFileAndItsLine) {
  const test::TemporaryFolder folder;
  const auto path = test::write_made_problem(folder);
  folder.write("parts/bias.cir", "XM8 nb nb vss vss made_nfet w=5 l=1\nXM5 tail nb vss vss made_nfett w=10 l=1\n");
  const auto loaded = problem::load_problem(path);
  ASSERT_TRUE(loaded.faults.empty()) << told(loaded);
  EXPECT_TRUE(tells(spice::check_problem(loaded.problem), "SPI-023", "parts/bias.cir", "line 2"));
}

TEST(NetlistIncludes, OutsideCyclesAndLoadedCardsAreRefused) {
  const test::TemporaryFolder folder;
  const auto path = test::write_made_problem(folder);
  folder.write("parts/bias.cir", ".include /etc/passwd\n.include ../stage.cir\n.include bias.cir\n.inc made.lib\n");
  const auto faults = problem::load_problem(path).faults;
  EXPECT_TRUE(tells(faults, "FIL-002", "parts/bias.cir", "line 1"));
  EXPECT_TRUE(tells(faults, "FIL-002", "parts/bias.cir", "line 2"));
  EXPECT_TRUE(tells(faults, "FIL-004", "parts/bias.cir", "line 3"));
  EXPECT_TRUE(tells(faults, "PRB-034", "parts/bias.cir", "line 4"));
}
