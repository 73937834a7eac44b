// Starts a block program on a grid of blocks.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "block.hpp"
#include "queue.hpp"

#if defined(__CUDACC__)
#include "cuda_handles.hpp"
#else
#include "gpu/host_launch.hpp"  // of tests
#endif

namespace exturbo::cuda {

#if defined(__CUDACC__)

template <class Program>
__global__ void __launch_bounds__(kThreads) run_program(Program program) {
  __shared__ typename Program::Shared shared;
  Block block{static_cast<int>(blockIdx.x), static_cast<int>(blockIdx.y)};
  program(block, shared);
}

template <class Program>
void launch(Queue& queue, const Program& program, std::int64_t blocks_x, std::int64_t blocks_y) {
  if (blocks_x == 0 || blocks_y == 0) return;
  const dim3 grid(static_cast<unsigned>(blocks_x), static_cast<unsigned>(blocks_y));
  run_program<<<grid, kThreads, 0, queue.handles().stream>>>(program);
  check(cudaGetLastError(), "start of a kernel");
}

#endif

}  // namespace exturbo::cuda
