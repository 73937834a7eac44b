// Which faults a run of the campaign gets, and when.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "fault.hpp"

namespace exturbo::faults {

/// From one start of the program to its end.
struct Stretch {
  std::optional<Fault> during;  ///< Made once the journal has `during_line` lines; the program goes on.
  std::size_t during_line = 0;
  std::optional<Fault> closing{};  ///< Made once it has `closing_line`; ends the program. None: the run ends.
  std::size_t closing_line = 0;
  int workers = 2;
  double wall_limit = 30;  ///< s
};

/// A function of the arguments. A quick plan has the faults that take little time, each once.
std::vector<Stretch> make_plan(std::uint64_t rng_seed, int budget, bool quick);

}  // namespace exturbo::faults
