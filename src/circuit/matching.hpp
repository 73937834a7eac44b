// Which devices should be equal: the two halves of a differential circuit, walked in step.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <utility>
#include <vector>

#include "pairs.hpp"
#include "signals.hpp"

namespace exturbo::circuit {

struct Matching {
  std::vector<std::pair<int, int>> devices;
  std::vector<int> partner;  ///< Per net: its counterpart on the other side, or kNoNet.
};

/// Starts at the two inputs, at the halves of each pair and at cross-coupled devices. Two devices match if they are
/// alike and each terminal is at the same net or at two nets that are counterparts.
Matching find_matching(const Graph& graph, const std::vector<Pair>& pairs, const std::vector<CrossCoupled>& crossed,
                       const Signals& signals);

}  // namespace exturbo::circuit
