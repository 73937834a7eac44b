// Where the signal goes: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "signals.hpp"

#include <algorithm>
#include <set>

#include "inputs.hpp"

namespace exturbo::circuit {
namespace {

/// Where a signal at one terminal of a transistor comes out.
std::vector<int> through_transistor(const Graph& graph, const Pin& pin) {
  const Device& device = graph.devices[pin.device];
  switch (pin.terminal) {
    case Terminal::kGate:
      if (graph.is_rail(device.drain)) return {device.source};
      // A diode-connected device between two nets shifts the level.
      if (device.is_diode_connected()) return {device.source};
      return {device.drain};
    case Terminal::kSource:
      return device.is_half ? std::vector<int>{} : std::vector<int>{device.drain};
    default:
      return {};
  }
}

void walk(const Graph& graph, const std::vector<Pair>& pairs, Signals& signals) {
  std::set<int> tails;
  for (const Pair& pair : pairs) tails.insert(pair.tail);
  std::vector<int> front;
  const auto reach = [&](int net, int level, unsigned side, std::vector<int>& reached) {
    // What reaches a tail moves both halves alike.
    if (graph.is_rail(net) || tails.contains(net)) return;
    if (signals.level[net] < 0) {
      signals.level[net] = level;
      reached.push_back(net);
    }
    if (signals.level[net] == level) signals.sides[net] |= side;
  };
  for (const int net : signals.inputs_a) reach(net, 0, kSideA, front);
  for (const int net : signals.inputs_b) reach(net, 0, kSideB, front);
  for (int level = 1; !front.empty(); ++level) {
    std::vector<int> next;
    for (const int net : front) {
      for (const int other : next_nets(graph, net)) reach(other, level, signals.sides[net], next);
    }
    front = std::move(next);
  }
}

}  // namespace

std::vector<int> next_nets(const Graph& graph, int net) {
  std::vector<int> result;
  for (const Pin& pin : graph.pins[net]) {
    const Device& device = graph.devices[pin.device];
    if (device.is_transistor()) {
      for (const int next : through_transistor(graph, pin)) result.push_back(next);
    } else if (device.kind == Kind::kAmplifier) {
      for (std::size_t i = 0; i < device.outputs.size() && pin.terminal == Terminal::kGate; ++i) {
        // Of a differential one each input moves its own output first.
        if (device.outputs.size() < 2 || device.inputs[i] == net) result.push_back(device.outputs[i]);
      }
    } else if (device.kind == Kind::kResistor || device.kind == Kind::kVoltage || device.kind == Kind::kInductor ||
               device.kind == Kind::kSwitch) {
      result.push_back(device.drain == net ? device.source : device.drain);
    }
  }
  return result;
}

Signals find_signals(const Graph& graph, const std::vector<Pair>& pairs) {
  Signals signals;
  signals.level.assign(graph.nets.size(), -1);
  signals.sides.assign(graph.nets.size(), 0);
  find_inputs(graph, pairs, signals);
  walk(graph, pairs, signals);
  return signals;
}

}  // namespace exturbo::circuit
