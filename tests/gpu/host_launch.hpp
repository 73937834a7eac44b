// Starts a block program on the host. SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstring>

#include "cuda/block.hpp"
#include "cuda/queue.hpp"
#include "host_queue.hpp"

namespace exturbo::cuda {

template <class Program>
void launch(Queue&, const Program& program, std::int64_t blocks_x, std::int64_t blocks_y) {
  const HostAccess access;
  fail_if_told();
  typename Program::Shared shared;
  for (int y = 0; y < blocks_y; ++y) {
    for (int x = 0; x < blocks_x; ++x) {
      // What is read before it is written shows.
      std::memset(static_cast<void*>(&shared), 0xff, sizeof shared);
      Block block{x, y, runs_backwards()};
      program(block, shared);
    }
  }
}

}  // namespace exturbo::cuda
