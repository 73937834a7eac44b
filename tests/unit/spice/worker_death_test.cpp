// What the end of a worker says about its evaluation.
// SPDX-License-Identifier: BSD-3-Clause
#include "spice/worker_death.hpp"

#include <gtest/gtest.h>
#include <signal.h>

namespace exturbo::spice {
namespace {

constexpr std::uint64_t kLimit = std::uint64_t{1} << 30;

TEST(WorkerDeath, TellsMemoryTimeAndCrashesApart) {
  EXPECT_EQ(status_of({0, kMemoryExit, 0, ""}, kLimit), Status::kOutOfMemory);
  EXPECT_EQ(status_of({SIGSEGV, 0, kLimit / 4 * 3, ""}, kLimit), Status::kOutOfMemory);
  EXPECT_EQ(status_of({SIGSEGV, 0, kLimit / 4, ""}, kLimit), Status::kCrashed);
  EXPECT_EQ(status_of({SIGXCPU, 0, 0, ""}, kLimit), Status::kCpuLimit);
  EXPECT_EQ(status_of({SIGKILL, 0, kLimit, ""}, kLimit), Status::kCrashed);
  EXPECT_EQ(status_of({0, kLostExit, 0, ""}, kLimit), Status::kCrashed);
}

TEST(WorkerDeath, NamesTheSignalOrNgspicesLastWords) {
  EXPECT_EQ(describe({SIGSEGV, 0, 0, ""}, kLimit), "died of SIGSEGV");
  EXPECT_EQ(describe({0, kLostExit, 0, "no such thing"}, kLimit), "ended itself (ControlledExit): no such thing");
  EXPECT_EQ(describe({0, kMemoryExit, 0, ""}, kLimit), "ran out of memory (limit 1024 MiB)");
}

}  // namespace
}  // namespace exturbo::spice
