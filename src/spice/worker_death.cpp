// How a worker ended: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "worker_death.hpp"

#include <signal.h>
#include <string.h>

namespace exturbo::spice {
namespace {

constexpr std::uint64_t kMebi = 1U << 20;

std::string signal_name(int signal) {
  const char* name = sigabbrev_np(signal);
  return name == nullptr ? "signal " + std::to_string(signal) : std::string("SIG") + name;
}

}  // namespace

Status status_of(const WorkerDeath& death, std::uint64_t memory_limit) {
  if (death.signal == SIGXCPU) return Status::kCpuLimit;
  if (death.signal == 0 && death.exit_code == kMemoryExit) return Status::kOutOfMemory;
  const bool fault = death.signal == SIGSEGV || death.signal == SIGBUS || death.signal == SIGABRT;
  return fault && death.peak_bytes > memory_limit / 2 ? Status::kOutOfMemory : Status::kCrashed;
}

std::string describe(const WorkerDeath& death, std::uint64_t memory_limit) {
  switch (status_of(death, memory_limit)) {
    case Status::kCpuLimit:
      return "used up its processor time";
    case Status::kOutOfMemory:
      return "ran out of memory (limit " + std::to_string(memory_limit / kMebi) + " MiB)";
    default:
      break;
  }
  if (death.signal == SIGKILL) return "was killed by SIGKILL";
  if (death.signal != 0) return "died of " + signal_name(death.signal);
  if (death.exit_code == kLostExit)
    return "ended itself (ControlledExit)" + (death.last_words.empty() ? "" : ": " + death.last_words);
  return "ended with exit code " + std::to_string(death.exit_code);
}

}  // namespace exturbo::spice
