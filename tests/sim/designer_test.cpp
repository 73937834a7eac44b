// The designer against the simulator.
// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "exturbo/agents/designer.hpp"
#include "exturbo/agents/transistor_table.hpp"
#include "exturbo/problem/load.hpp"
#include "exturbo/sizing/simulate.hpp"
#include "exturbo/sizing/size.hpp"
#include "support/temporary_folder.hpp"

namespace exturbo::agents {
namespace {

const std::filesystem::path kSource = EXTURBO_SOURCE_DIR;

/// Tables go to a folder of the test's own.
class Designer : public testing::Test {
 protected:
  void SetUp() override { setenv("EXTURBO_CACHE", folder_.path().c_str(), 1); }
  void TearDown() override { unsetenv("EXTURBO_CACHE"); }
  test::TemporaryFolder folder_;
};

TEST_F(Designer, TablesGiveTheProcesssReferenceGain) {
  // process.json states, from sweeps of its own: gain and current of 1 um at gm/ID = 15, half the supply, L in Lmin.
  for (const char* name : {"ptm180", "ptm90", "ptm45"}) {
    const problem::Process process = problem::load_process(name);
    const ProcessTables tables = process_tables(process);
    std::ifstream file(kSource / "pdk" / name / "process.json");
    const auto reference = nlohmann::json::parse(file).at("reference");
    for (const char* type : {"nmos", "pmos"}) {
      const auto& stated = reference.at(type);
      for (std::size_t i = 0; i < stated.at("length_ratio").size(); ++i) {
        const double length = stated.at("length_ratio")[i].get<double>() * process.min_length;
        const double density = tables.of(type).density(15, length, process.supply / 2);
        const TransistorPoint point = tables.of(type).at(density, length, process.supply / 2);
        const std::string where = std::string(name) + " " + type + " L = " + std::to_string(length * 1e9) + " nm";
        EXPECT_NEAR(point.gm_id / point.gds_id / stated.at("intrinsic_gain")[i].get<double>(), 1, 0.02) << where;
        EXPECT_NEAR(density * 1e-6 / stated.at("id")[i].get<double>(), 1, 0.05) << where;
        EXPECT_NEAR(point.vgs, stated.at("vgs")[i].get<double>(), 0.005) << where;
      }
    }
  }
}

TEST_F(Designer, ReadsItsTablesBackExactly) {
  const problem::Process process = problem::load_process("ptm90");
  const ProcessTables made = process_tables(process);
  const ProcessTables read = process_tables(process);
  for (const double density : {0.1, 3.0, 40.0}) {
    EXPECT_EQ(made.nmos.at(density, 2e-7, 0.5).gm_id, read.nmos.at(density, 2e-7, 0.5).gm_id);
    EXPECT_EQ(made.pmos.at(density, 2e-7, 0.5).gds_id, read.pmos.at(density, 2e-7, 0.5).gds_id);
  }
}

TEST_F(Designer, SpoiltCacheIsSimulatedAgain) {
  const problem::Process process = problem::load_process("ptm180");
  const double gm_id = process_tables(process).nmos.at(3, 4e-7, 0.9).gm_id;
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
    std::ofstream(entry.path()) << "{\"width\": 1, \"nmos\": {\"lengths\": [1e400]}}";
    ++files;
  }
  ASSERT_EQ(files, 1);
  EXPECT_EQ(process_tables(process).nmos.at(3, 4e-7, 0.9).gm_id, gm_id);
}

TEST_F(Designer, SeedsOfTheMillerAmplifierMeetAllSpecsWhenSimulatedAgain) {
  const problem::Problem problem = sizing::open_problem(kSource / "circuits/miller/ptm90.json");
  const DesignerResult result = design_seeds(problem);
  ASSERT_EQ(result.status, "");
  ASSERT_EQ(result.seeds.size(), 4u);
  const auto simulated = sizing::simulate(problem, result.seeds.front().variables);
  EXPECT_EQ(simulated.at("status"), "feasible");
  EXPECT_NE(result.seeds.front().reason.find("2 pi f_u C"), std::string::npos);
  for (const problem::Seed& seed : result.seeds) EXPECT_EQ(seed.variables.size(), problem.free_variables().size());
}

TEST_F(Designer, SeedsAreTheSameForOneWorkerAndTwo) {
  const problem::Problem problem = sizing::open_problem(kSource / "circuits/folded_cascode/ptm180.json");
  sizing::Machine one, two;
  one.workers = 1;
  two.workers = 2;
  EXPECT_EQ(problem::to_json(design_seeds(problem, one).seeds), problem::to_json(design_seeds(problem, two).seeds));
}

TEST_F(Designer, SaysWhyItCannotDesign) {
  problem::Problem problem = sizing::open_problem(kSource / "circuits/miller/ptm90.json");
  std::erase_if(problem.metrics, [](const problem::MetricDefinition& metric) { return metric.id == "dc_gain"; });
  const DesignerResult result = design_seeds(problem);
  EXPECT_TRUE(result.seeds.empty());
  EXPECT_NE(result.status.find("dc_gain"), std::string::npos);
}

}  // namespace
}  // namespace exturbo::agents
