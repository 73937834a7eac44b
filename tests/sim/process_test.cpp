// Re-measures the devices of each process with ngspice and compares them with the table of pdk/README.md.
// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "exturbo/core/number.hpp"
#include "exturbo/problem/load.hpp"
#include "exturbo/spice/pool.hpp"

using namespace exturbo;

namespace {

constexpr double kTolerance = 0.02;

/// One transistor of 1 um between voltage sources: |Vgs|, |Vds| and L are the variables.
problem::Problem single_device(const problem::Process& process, bool is_nmos) {
  problem::Problem problem;
  problem.name = "device";
  problem.cell = "device";
  problem.process = process;
  problem.parameters = {{"vdd", process.supply}};
  for (const char* name : {"vgs", "vds", "l"})
    problem.variables.push_back({name, 0, 10, problem::Scale::kLinear, 0, false, "", 1, {}});
  const std::string model = is_nmos ? process.nmos : process.pmos;
  // An explicit M leaves the line as it is: one finger, no junction areas, as the table states.
  problem.netlist_lines = {".subckt device d g s b", "M1 d g s b " + model + " W=1u L={l} M=1", ".ends"};
  problem::Testbench bench;
  bench.name = "bias";
  bench.lines = {"Vdd vdd 0 {vdd}"};
  if (is_nmos) {
    bench.lines.insert(bench.lines.end(), {"Vg g 0 {vgs}", "Vd d 0 {vds}", "Xdut d g 0 0 device"});
  } else {
    bench.lines.insert(bench.lines.end(), {"Vg g 0 {vdd-vgs}", "Vd d 0 {vdd-vds}", "Xdut d g vdd vdd device"});
  }
  problem.testbenches.push_back(bench);
  problem.corners.push_back({"tt", "tt", 27, {}});
  return problem;
}

class ProcessTable : public ::testing::TestWithParam<std::tuple<const char*, const char*>> {
 protected:
  void SetUp() override {
    const auto [name, device] = GetParam();
    process_ = problem::load_process(name);
    std::ifstream stream(process_.folder / "process.json");
    reference_ = nlohmann::json::parse(stream).at("reference").at(device);
    problem_ = single_device(process_, std::string(device) == "nmos");
    pool_ = std::make_unique<spice::Pool>(problem_, spice::PoolOptions{});
  }

  spice::DeviceState measure(double vgs, double vds, double length) {
    pool_->submit({1, {{"vgs", vgs}, {"vds", vds}, {"l", length}}, {}, {}});
    std::optional<spice::Finished> finished;
    while (!finished) finished = pool_->wait_any(std::chrono::seconds(10));
    const spice::CornerOutcome& outcome = finished->outcome.corners.at(0);
    EXPECT_EQ(outcome.status, spice::Status::kOk) << outcome.reason;
    return outcome.devices.at("M1");
  }

  static void expect_close(double measured, double stated, const char* what) {
    EXPECT_NEAR(measured / stated, 1, kTolerance) << what;
  }

  problem::Process process_;
  nlohmann::json reference_;
  problem::Problem problem_;
  std::unique_ptr<spice::Pool> pool_;
};

}  // namespace

TEST_P(ProcessTable, ThresholdAndCurrentsAtMinimumLength) {
  const spice::DeviceState on = measure(process_.supply, process_.supply, process_.min_length);
  expect_close(std::abs(on.vth), reference_.at("vth"), "Vth");
  expect_close(on.id, reference_.at("ion"), "Ion");
  expect_close(measure(0, process_.supply, process_.min_length).id, reference_.at("ioff"), "Ioff");
}

TEST_P(ProcessTable, IntrinsicGainInModerateInversion) {
  for (std::size_t i = 0; i < reference_.at("length_ratio").size(); ++i) {
    const double length = reference_["length_ratio"][i].get<double>() * process_.min_length;
    const spice::DeviceState state = measure(reference_["vgs"][i], process_.supply / 2, length);
    expect_close(state.gm / state.id, 15, "gm/ID");
    expect_close(state.gm / state.gds, reference_["intrinsic_gain"][i], "gm/gds");
    expect_close(state.id, reference_["id"][i], "ID");
  }
}

INSTANTIATE_TEST_SUITE_P(AllProcesses, ProcessTable,
                         ::testing::Combine(::testing::Values("ptm180", "ptm90", "ptm65", "ptm45", "ptm45lp"),
                                            ::testing::Values("nmos", "pmos")),
                         [](const auto& info) {
                           return std::string(std::get<0>(info.param)) + "_" + std::get<1>(info.param);
                         });

TEST(Corners, FastDevicesCarryMoreCurrentAndSlowOnesLess) {
  const problem::Process process = problem::load_process("ptm90");
  for (const bool is_nmos : {true, false}) {
    problem::Problem problem = single_device(process, is_nmos);
    problem.corners = {
        {"tt", "tt", 27, {}}, {"ff", "ff", 27, {}}, {"ss", "ss", 27, {}}, {"fs", "fs", 27, {}}, {"sf", "sf", 27, {}}};
    spice::Pool pool(problem, {});
    pool.submit({1, {{"vgs", process.supply}, {"vds", process.supply}, {"l", process.min_length}}, {}, {}});
    std::optional<spice::Finished> finished;
    while (!finished) finished = pool.wait_any(std::chrono::seconds(10));
    std::vector<double> current;
    for (const auto& corner : finished->outcome.corners)
      current.push_back(corner.devices.at("M1").id / finished->outcome.corners[0].devices.at("M1").id);
    EXPECT_GT(current[1], 1.05);
    EXPECT_LT(current[2], 0.95);
    EXPECT_NEAR(current[is_nmos ? 3 : 4], current[1], 1e-6) << "fast in both";
    EXPECT_NEAR(current[is_nmos ? 4 : 3], current[2], 1e-6) << "slow in both";
  }
}
