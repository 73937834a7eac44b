// Where the signal goes: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "signals.hpp"

#include <algorithm>
#include <set>

#include "inputs.hpp"

namespace exturbo::circuit {
namespace {

bool is_half(const std::vector<Pair>& pairs, int device) {
  return std::any_of(pairs.begin(), pairs.end(),
                     [&](const Pair& pair) { return pair.a == device || pair.b == device; });
}

/// Where a signal at one terminal of a transistor comes out.
std::vector<int> through_transistor(const Graph& graph, const std::vector<Pair>& pairs, const Pin& pin) {
  const Device& device = graph.devices[pin.device];
  switch (pin.terminal) {
    case Terminal::kGate:
      if (graph.is_rail(device.drain)) return {device.source};
      // A diode-connected device between two nets shifts the level.
      if (device.is_diode_connected()) return {device.source};
      return {device.drain};
    case Terminal::kSource:
      return is_half(pairs, pin.device) ? std::vector<int>{} : std::vector<int>{device.drain};
    default:
      return {};
  }
}

void walk(const Graph& graph, const std::vector<Pair>& pairs, Signals& signals) {
  std::vector<int> front;
  const auto reach = [&](int net, int level, unsigned side, std::vector<int>& reached) {
    if (graph.is_rail(net)) return;
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
      for (const int other : next_nets(graph, pairs, net)) reach(other, level, signals.sides[net], next);
    }
    front = std::move(next);
  }
}

/// A net that a stage drives and from which the signal goes nowhere new.
bool is_last(const Graph& graph, const std::vector<Pair>& pairs, const Signals& signals, int net) {
  const bool driven = std::any_of(graph.pins[net].begin(), graph.pins[net].end(), [&](const Pin& pin) {
    const Kind kind = graph.devices[pin.device].kind;
    return pin.terminal != Terminal::kGate &&
           (kind == Kind::kMos || kind == Kind::kBipolar || kind == Kind::kAmplifier);
  });
  if (!driven || !graph.carries_current(net)) return false;
  for (const int next : next_nets(graph, pairs, net)) {
    if (!graph.is_rail(next) && signals.level[next] > signals.level[net]) return false;
  }
  return true;
}

void find_outputs(const Graph& graph, const std::vector<Pair>& pairs, const std::vector<Mirror>& mirrors,
                  Signals& signals) {
  std::set<int> excluded(signals.inputs_a.begin(), signals.inputs_a.end());
  excluded.insert(signals.inputs_b.begin(), signals.inputs_b.end());
  for (const Mirror& mirror : mirrors) excluded.insert(mirror.gate);
  for (const Pair& pair : pairs) excluded.insert(pair.tail);
  bool has_port = false;
  const auto is_candidate = [&](int net) {
    return signals.is_signal(net) && !graph.is_rail(net) && !excluded.contains(net);
  };
  const int count = static_cast<int>(graph.nets.size());
  for (int net = 0; net < count; ++net) {
    const bool port = is_candidate(net) && graph.is_port[net] && !graph.is_undriven(net);
    if (port) signals.outputs.push_back(net);
    has_port = has_port || port;
  }
  for (int net = 0; net < count && !has_port; ++net) {
    if (is_candidate(net) && is_last(graph, pairs, signals, net)) signals.outputs.push_back(net);
  }
  std::stable_sort(signals.outputs.begin(), signals.outputs.end(), [&](int a, int b) {
    return signals.level[a] != signals.level[b] ? signals.level[a] > signals.level[b] : graph.nets[a] < graph.nets[b];
  });
}

}  // namespace

std::vector<int> next_nets(const Graph& graph, const std::vector<Pair>& pairs, int net) {
  std::vector<int> result;
  for (const Pin& pin : graph.pins[net]) {
    const Device& device = graph.devices[pin.device];
    if (device.is_transistor()) {
      for (const int next : through_transistor(graph, pairs, pin)) result.push_back(next);
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

Signals find_signals(const Graph& graph, const std::vector<Pair>& pairs, const std::vector<Mirror>& mirrors) {
  Signals signals;
  signals.level.assign(graph.nets.size(), -1);
  signals.sides.assign(graph.nets.size(), 0);
  find_inputs(graph, pairs, signals);
  walk(graph, pairs, signals);
  find_outputs(graph, pairs, mirrors, signals);
  return signals;
}

}  // namespace exturbo::circuit
