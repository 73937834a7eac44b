// Which nets are the inputs: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "inputs.hpp"

#include <algorithm>
#include <set>

#include "exturbo/core/text.hpp"
#include "mirrors.hpp"

namespace exturbo::circuit {
namespace {

/// Two nets that something compares.
struct Comparison {
  int a = kNoNet, b = kNoNet;
};

/// The net that sets this one: through followers and through resistors or capacitors that lead outside.
int outer_net(const Graph& graph, int net) {
  for (int i = 0; i < 4; ++i) {
    if (graph.is_undriven(net)) return net;
    int before = kNoNet;
    for (const Pin& pin : graph.pins[net]) {
      const Device& device = graph.devices[pin.device];
      const bool follows = device.is_transistor() && pin.terminal == Terminal::kSource && graph.is_rail(device.drain) &&
                           !graph.is_rail(device.gate);
      if (follows) before = device.gate;
      const bool two_ends = device.kind == Kind::kResistor || device.kind == Kind::kCapacitor;
      const int end = device.drain == net ? device.source : device.drain;
      if (two_ends && !graph.is_rail(end) && graph.pins[end].size() == 1) return end;
    }
    if (before == kNoNet || before == net) return kNoNet;
    net = before;
  }
  return kNoNet;
}

bool is_outer(const Graph& graph, int net) { return outer_net(graph, net) != kNoNet; }

std::vector<Comparison> comparisons(const Graph& graph, const std::vector<Pair>& pairs) {
  std::vector<Comparison> result;
  for (const Pair& pair : pairs) result.push_back({graph.devices[pair.a].gate, graph.devices[pair.b].gate});
  for (const Device& device : graph.devices) {
    if (device.inputs.size() == 2) result.push_back({device.inputs[0], device.inputs[1]});
  }
  return result;
}

bool add(std::vector<int>& nets, int net) {
  if (std::find(nets.begin(), nets.end(), net) != nets.end()) return false;
  nets.push_back(net);
  return true;
}

/// "vin", "IN1", "vi+", "inp".
bool sounds_like_input(const std::string& net) {
  const std::string name = core::lower_case(net);
  return name.starts_with("in") || name.starts_with("vi") || name == "in";
}

/// How well a net from outside would do as the only input; 0: not at all.
int input_fitness(const Graph& graph, const std::vector<Pair>& pairs, int net) {
  for (const Pair& pair : pairs) {
    // What steers a tail is a bias.
    for (const int feeder : pair.feeders) {
      if (graph.devices[feeder].gate == net) return 0;
    }
  }
  int best = 0;
  const bool lonely = graph.pins[net].size() == 1;
  for (const Pin& pin : graph.pins[net]) {
    const Device& device = graph.devices[pin.device];
    if (device.kind == Kind::kAmplifier && pin.terminal == Terminal::kGate && graph.is_undriven(net)) {
      best = std::max(best, 8);
    } else if (device.is_transistor() && pin.terminal == Terminal::kGate && graph.is_undriven(net)) {
      // A stage: its source at a rail, or its drain. Of two such the NMOS amplifies more often, the PMOS is its load.
      const bool stage = graph.is_rail(device.source) || graph.is_rail(device.drain);
      if (!stage && !is_regulated_follower(graph, pin.device) &&
          !graph.like(pin.device, Terminal::kDrain, device.source).empty())
        continue;  // a cascode's bias
      best = std::max(best, (stage ? 3 : 1) + (device.is_n ? 1 : 0));
    } else if (device.is_transistor() && pin.terminal == Terminal::kSource && lonely) {
      best = std::max(best, 5);
    } else if ((device.kind == Kind::kResistor || device.kind == Kind::kCapacitor) && lonely) {
      best = std::max(best, 2);
    }
  }
  return best == 0 ? 0 : best + (sounds_like_input(graph.nets[net]) ? 10 : 0);
}

void find_single_input(const Graph& graph, const std::vector<Pair>& pairs, Signals& signals) {
  const int best = graph.fittest_net([&](int net) { return input_fitness(graph, pairs, net); });
  if (best == kNoNet) return;
  signals.inputs_a.push_back(best);
  signals.has_outer_input = true;
  signals.outer_inputs = 1;
}

}  // namespace

void find_inputs(const Graph& graph, const std::vector<Pair>& pairs, Signals& signals) {
  const std::vector<Comparison> all = comparisons(graph, pairs);
  const auto take = [&](auto accept) {
    for (const Comparison& one : all) {
      if (!accept(one)) continue;
      // Complementary pairs share their gates; which half comes first in the netlist is to mean nothing.
      const bool crossed =
          std::find(signals.inputs_b.begin(), signals.inputs_b.end(), one.a) != signals.inputs_b.end() ||
          std::find(signals.inputs_a.begin(), signals.inputs_a.end(), one.b) != signals.inputs_a.end();
      add(signals.inputs_a, crossed ? one.b : one.a);
      add(signals.inputs_b, crossed ? one.a : one.b);
    }
    std::set<int> outer;
    for (const auto* side : {&signals.inputs_a, &signals.inputs_b}) {
      for (const int net : *side) outer.insert(outer_net(graph, net));
    }
    outer.erase(kNoNet);
    signals.outer_inputs = static_cast<int>(outer.size());
    return !signals.inputs_a.empty();
  };
  signals.has_outer_input = true;
  if (take([&](const Comparison& one) { return graph.is_undriven(one.a) && graph.is_undriven(one.b); })) return;
  if (take([&](const Comparison& one) { return is_outer(graph, one.a) && is_outer(graph, one.b); })) return;
  if (take([&](const Comparison& one) { return is_outer(graph, one.a) || is_outer(graph, one.b); })) return;
  signals.has_outer_input = false;
  find_single_input(graph, pairs, signals);
  if (signals.has_outer_input) return;
  take([](const Comparison&) { return true; });
}

}  // namespace exturbo::circuit
