// Whenever a device fails, and wherever it has no room, a run goes on with the CPU and says so.
// SPDX-License-Identifier: BSD-3-Clause
#include <dlfcn.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "exturbo/bo/optimizer.hpp"
#include "exturbo/gp/accelerator.hpp"

namespace exturbo {
namespace {

constexpr std::int64_t kEnough = 1'000'000'000;

/// Asks and tells; the values asked.
std::vector<std::vector<double>> run(gp::Device device) {
  bo::SearchSpace space({{"x", 0, 1}, {"y", 0, 1}, {"z", 0, 1}});
  bo::Options options;
  options.compute.device = device;
  options.threads = 2;
  options.candidates = 50;
  bo::Optimizer optimizer(std::move(space), 2, options);
  std::vector<std::vector<double>> asked;
  for (int i = 0; i < 10; ++i) {
    const bo::Suggestion suggestion = optimizer.ask();
    asked.push_back(suggestion.values);
    const double x = suggestion.values[0], y = suggestion.values[1], z = suggestion.values[2];
    bo::Outcome outcome;
    outcome.objective = std::pow(x - 0.7, 2) + std::pow(y - 0.2, 2) + std::sin(3 * z);
    outcome.constraints = {0.5 - x - y, x * z - 0.3};
    optimizer.tell(suggestion.id, outcome);
  }
  return asked;
}

bool near(const std::vector<double>& a, const std::vector<double>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), [](double x, double y) { return std::abs(x - y) < 1e-6; });
}

/// In a process of its own, as a device is left once for all: runs on the host's plug-in and tells on stderr how many
/// points from the first on were asked as on the CPU, and why the device was left. Ends with 0.
[[noreturn]] void run_with(std::int64_t launches, std::int64_t doubles) {
  setenv("EXTURBO_CUDA_PLUGIN", EXTURBO_HOST_PLUGIN, 1);
  const auto set = reinterpret_cast<void (*)(std::int64_t, std::int64_t)>(
      dlsym(dlopen(EXTURBO_HOST_PLUGIN, RTLD_NOW | RTLD_LOCAL), "exturbo_host_device"));
  if (set == nullptr || gp::accelerator() == nullptr) std::exit(2);
  set(launches, doubles);
  const auto there = run(gp::Device::kCuda), here = run(gp::Device::kCpu);
  std::size_t same = 0;
  while (same < there.size() && near(there[same], here[same])) ++same;
  std::cerr << "same " << same << "; left: " << gp::take_left_device() << "; "
            << (gp::accelerator() == nullptr ? "retired" : "in use") << std::endl;
  std::exit(there.size() == here.size() ? 0 : 1);
}

class FailingDevice : public ::testing::TestWithParam<std::int64_t> {
 protected:
  void SetUp() override { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

TEST_P(FailingDevice, IsLeftForTheCpu) {
  EXPECT_EXIT(run_with(GetParam(), kEnough), ::testing::ExitedWithCode(0),
              "left: the device was told to fail; retired");
}
INSTANTIATE_TEST_SUITE_P(After, FailingDevice, ::testing::Values(0, 1, 30, 300));

TEST_F(FailingDevice, ThatDoesNotFailIsUsedToTheEnd) {
  EXPECT_EXIT(run_with(kEnough, kEnough), ::testing::ExitedWithCode(0), "same [0-9]+; left: ; in use");
}

TEST_F(FailingDevice, WithoutRoomIsPassedOverByTheMatricesThatItHasNoneFor) {
  EXPECT_EXIT(run_with(kEnough, 20'000), ::testing::ExitedWithCode(0),
              "same [0-9]+; left: the device has no memory for a matrix of order [0-9]+; in use");
}

}  // namespace
}  // namespace exturbo
