// How a worker ended, and what that says about the evaluation it had.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <string>

#include "exturbo/spice/outcome.hpp"

namespace exturbo::spice {

constexpr int kLostExit = 3;    ///< Exit code of a worker whose ngspice gave up (ControlledExit).
constexpr int kMemoryExit = 4;  ///< Exit code of a worker that ran out of memory.

struct WorkerDeath {
  int signal = 0;                ///< That ended it; 0: it left by itself.
  int exit_code = 0;             ///< If it left by itself.
  std::uint64_t peak_bytes = 0;  ///< Its largest resident memory.
  std::string last_words;        ///< What ngspice said before it gave up.
};

/// kOutOfMemory, kCpuLimit or kCrashed. A fault of memory access with over half of the allowed memory in use counts as
/// out of memory: ngspice does not check all its allocations.
Status status_of(const WorkerDeath& death, std::uint64_t memory_limit);
/// Part of a sentence: "died of SIGSEGV".
std::string describe(const WorkerDeath& death, std::uint64_t memory_limit);

}  // namespace exturbo::spice
