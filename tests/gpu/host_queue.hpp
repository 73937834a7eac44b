// What tests set of the queue's sibling on the host.
// SPDX-License-Identifier: BSD-3-Clause
//
// Its memory begins as not-a-number, can be touched by the queue and by kernels alone, and ends where a page ends: what
// uses a device's pointer on the host, or memory past a buffer's end, ends the program.
#pragma once

#include <cstdint>

namespace exturbo::cuda {

/// Doubles that buffers may take in all.
void set_memory_limit(std::int64_t doubles);
std::int64_t memory_in_use();

/// Threads of a block run from the last to the first: what depends on that is a race.
void run_backwards(bool backwards);
bool runs_backwards();

/// Every kernel fails to start after so many more.
void fail_after(std::int64_t launches);
void fail_never();
/// \throws gp::DeviceError where that was told.
void fail_if_told();

/// Opens the device's memory to this process while it lives.
class HostAccess {
 public:
  HostAccess();
  ~HostAccess();
  HostAccess(const HostAccess&) = delete;
  HostAccess& operator=(const HostAccess&) = delete;
};

}  // namespace exturbo::cuda
