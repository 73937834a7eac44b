// Block programs: kernels as one text for a device's thread blocks and for the host.
// SPDX-License-Identifier: BSD-3-Clause
//
// A program is a function object `void operator()(Block&, Shared&) const` that works in phases:
//   block.each([&](int thread) { ... });   block.sync();
// On a device each thread runs its own part of a phase and sync() is a barrier; on the host each() runs the threads one
// after the other and sync() does nothing. What a thread keeps from phase to phase is a PerThread. So the very kernels
// of the device are tested without one.
#pragma once

#include "exturbo/gp/stationary.hpp"

#if !defined(__CUDACC__)
#include <array>
#endif

namespace exturbo::cuda {

constexpr int kThreads = 256;

#if defined(__CUDACC__)

struct Block {
  int x, y;
  template <class Phase>
  __device__ void each(const Phase& phase) {
    phase(static_cast<int>(threadIdx.x));
  }
  __device__ void sync() { __syncthreads(); }
};

template <class Value>
struct PerThread {
  Value value;
  __device__ Value& operator[](int) { return value; }
};

#define EXTURBO_DEVICE __device__

#else

struct Block {
  int x, y;
  template <class Phase>
  void each(const Phase& phase) {
    for (int thread = 0; thread < kThreads; ++thread) phase(thread);
  }
  void sync() {}
};

template <class Value>
struct PerThread {
  std::array<Value, kThreads> values;
  Value& operator[](int thread) { return values[static_cast<std::size_t>(thread)]; }
};

#define EXTURBO_DEVICE

#endif

}  // namespace exturbo::cuda
