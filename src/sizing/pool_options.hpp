// How a run's simulators use the machine.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <thread>

#include "exturbo/sizing/size.hpp"
#include "exturbo/spice/pool.hpp"

namespace exturbo::sizing {

/// The machine's part of a pool's options; 0 workers stands for one per processor.
inline spice::PoolOptions pool_options(const Machine& machine) {
  spice::PoolOptions options;
  options.workers =
      machine.workers > 0 ? machine.workers : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  options.cpu_limit = machine.cpu_limit;
  options.wall_limit = machine.wall_limit > 0 ? machine.wall_limit : 2 * machine.cpu_limit;
  options.memory_limit = machine.memory_limit;
  options.worker = machine.worker;
  return options;
}

}  // namespace exturbo::sizing
