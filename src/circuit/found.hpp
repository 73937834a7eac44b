// All that is known of a circuit before its blocks are named.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <vector>

#include "graph.hpp"
#include "matching.hpp"
#include "mirrors.hpp"
#include "pairs.hpp"
#include "signals.hpp"

namespace exturbo::circuit {

struct Found {
  Graph graph;
  std::vector<Pair> pairs;
  std::vector<Mirror> mirrors;
  std::vector<CrossCoupled> crossed;
  Signals signals;
  Matching matching;
  std::vector<bool> in_mirror;  ///< Per device.
  std::vector<int> outputs;     ///< Nets, the last stage's first.

  bool is_input(int net) const;
  bool is_crossed(int device) const;
  bool is_mirror_gate(int net) const;
  bool mirrors_current(int device) const { return in_mirror[device]; }
};

/// Looks at a description that has names (with_names()).
Found find_all(const CircuitDescription& description);

}  // namespace exturbo::circuit
