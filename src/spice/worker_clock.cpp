// The clock that ngspice reads, without a system call.
// SPDX-License-Identifier: BSD-3-Clause
//
// ngspice asks for its processor time about six times in each Newton iteration, for statistics that nobody reads; in
// the C library that is a system call, 8 % of the time of a small circuit. The shared library finds this definition,
// that of the program, first. The coarse clock is a read of memory.
#include <time.h>

extern "C" clock_t clock() noexcept {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
  return static_cast<clock_t>(now.tv_sec) * CLOCKS_PER_SEC + now.tv_nsec / (1'000'000'000 / CLOCKS_PER_SEC);
}
