// Sources of a bench at the ports by which a cell is biased.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

#include "draft_topology.hpp"
#include "draft_variables.hpp"

namespace exturbo::agents {

/// A port that a bench biases.
struct Bias {
  std::string port;
  std::string node;  ///< In the bench.
  std::string line;  ///< Its source.
  DraftVariable variable;
};

/// One for each port whose role is a bias, in the order of the ports. Voltages of gates alone get a range by their
/// devices. Variables get names that no other of `variables` has.
std::vector<Bias> biases_of(const DraftCell& cell, const DraftPins& pins, const DraftTopology& topology,
                            const RangeBasis& basis, const std::vector<DraftVariable>& variables);

}  // namespace exturbo::agents
