// Block programs: kernels as one text for a device's thread blocks and for the host.
// SPDX-License-Identifier: BSD-3-Clause
//
// A program is a function object `void operator()(Block&, Shared&) const` that works in phases:
//   block.each([&](int thread) { ... });   block.sync();
// On a device each thread runs its own part of a phase and sync() is a barrier; on the host each() runs the threads one
// after the other, in either order, and throws where the phase before had no sync(). What a thread keeps from phase to
// phase is a PerThread; within a phase no thread reads what another one writes. So the very kernels of the device are
// tested without one, races among them.
#pragma once

#include "exturbo/gp/stationary.hpp"

#if !defined(__CUDACC__)
#include <array>
#include <stdexcept>
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
/// Before a loop over what is to stay in registers.
#define EXTURBO_UNROLL _Pragma("unroll")

#else

struct Block {
  int x, y;
  bool backwards = false;
  bool synchronised = true;
  template <class Phase>
  void each(const Phase& phase) {
    if (!synchronised) throw std::logic_error("two phases of a program have no barrier between them");
    synchronised = false;
    for (int k = 0; k < kThreads; ++k) phase(backwards ? kThreads - 1 - k : k);
  }
  void sync() { synchronised = true; }
};

template <class Value>
struct PerThread {
  std::array<Value, kThreads> values;
  Value& operator[](int thread) { return values[static_cast<std::size_t>(thread)]; }
};

#define EXTURBO_DEVICE
#define EXTURBO_UNROLL

#endif

}  // namespace exturbo::cuda
