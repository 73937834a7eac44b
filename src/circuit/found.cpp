// All that is known of a circuit: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "found.hpp"

#include <algorithm>

#include "outputs.hpp"

namespace exturbo::circuit {
namespace {

bool contains(const std::vector<int>& numbers, int number) {
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

}  // namespace

bool Found::is_input(int net) const { return contains(signals.inputs_a, net) || contains(signals.inputs_b, net); }

bool Found::is_crossed(int device) const {
  return std::any_of(crossed.begin(), crossed.end(),
                     [&](const CrossCoupled& pair) { return pair.a == device || pair.b == device; });
}

bool Found::is_mirror_gate(int net) const {
  return std::any_of(mirrors.begin(), mirrors.end(), [&](const Mirror& mirror) { return mirror.gate == net; });
}

Found find_all(const CircuitDescription& description) {
  Found found;
  found.graph = graph_of(description);
  found.pairs = find_pairs(found.graph);
  for (const Pair& pair : found.pairs) found.graph.devices[pair.a].is_half = found.graph.devices[pair.b].is_half = true;
  found.mirrors = find_mirrors(found.graph);
  found.in_mirror.assign(found.graph.devices.size(), false);
  for (const Mirror& mirror : found.mirrors) {
    for (const auto* part : {&mirror.references, &mirror.outputs}) {
      for (const int device : *part) found.in_mirror[device] = true;
    }
  }
  found.crossed = find_cross_coupled(found.graph);
  found.signals = find_signals(found.graph, found.pairs);
  found.matching = find_matching(found.graph, found.pairs, found.crossed, found.signals);
  found.outputs = find_outputs(found);
  return found;
}

}  // namespace exturbo::circuit
