// What a circuit is: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "circuit_type.hpp"

#include <algorithm>
#include <set>

namespace exturbo::circuit {
namespace {

bool is_latch(const Found& found) {
  const auto nets = [&](const CrossCoupled& pair) {
    return std::minmax(found.graph.devices[pair.a].drain, found.graph.devices[pair.b].drain);
  };
  for (const CrossCoupled& one : found.crossed) {
    for (const CrossCoupled& other : found.crossed) {
      if (found.graph.devices[one.a].is_n != found.graph.devices[other.a].is_n && nets(one) == nets(other)) return true;
    }
  }
  return false;
}

/// A junction with its base at its collector, or with both at a rail, drawn with its ends exchanged or not.
bool is_junction(const Graph& graph, const Device& device) {
  if (device.kind == Kind::kDiode) return true;
  if (device.kind != Kind::kBipolar) return false;
  return device.is_diode_connected() ||
         (graph.is_rail(device.gate) && (device.gate == device.source || device.gate == device.drain));
}

bool has_outer_difference(const Found& found) {
  const auto undriven = [&](int net) { return found.graph.is_undriven(net); };
  return std::any_of(found.signals.inputs_a.begin(), found.signals.inputs_a.end(), undriven) &&
         std::any_of(found.signals.inputs_b.begin(), found.signals.inputs_b.end(), undriven);
}

bool is_reference_circuit(const Found& found) {
  const Graph& graph = found.graph;
  if (has_outer_difference(found)) return false;
  const auto has = [&](auto property) { return std::any_of(graph.devices.begin(), graph.devices.end(), property); };
  const bool junction = has([&](const Device& device) { return is_junction(graph, device); });
  const bool resistor = has([](const Device& device) { return device.kind == Kind::kResistor; });
  if (junction && resistor) return true;
  if (found.signals.has_outer_input) return false;
  for (const Mirror& mirror : found.mirrors) {
    for (const int output : mirror.outputs) {
      if (degenerated_source(graph, output) != graph.devices[output].source) return true;
    }
  }
  return false;
}

/// The net between two resistors that lead from `net` to the lower rail, or kNoNet.
int divider_tap(const Graph& graph, int net) {
  for (const Pin& upper : graph.pins[net]) {
    const Device& first = graph.devices[upper.device];
    if (first.kind != Kind::kResistor) continue;
    const int tap = first.drain == net ? first.source : first.drain;
    if (graph.is_rail(tap)) continue;
    for (const Pin& lower : graph.pins[tap]) {
      const Device& second = graph.devices[lower.device];
      const int end = second.drain == tap ? second.source : second.drain;
      if (second.kind == Kind::kResistor && lower.device != upper.device && graph.rails[end] == Rail::kBottom)
        return tap;
    }
  }
  return kNoNet;
}

bool is_regulator(const Found& found) {
  const Graph& graph = found.graph;
  const Signals& signals = found.signals;
  const auto compares = [&](int net) {
    return std::find(signals.inputs_a.begin(), signals.inputs_a.end(), net) != signals.inputs_a.end() ||
           std::find(signals.inputs_b.begin(), signals.inputs_b.end(), net) != signals.inputs_b.end();
  };
  if (signals.inputs_b.empty()) return false;
  for (const Device& device : graph.devices) {
    if (!device.is_transistor() || !signals.is_signal(device.gate) || compares(device.gate)) continue;
    const bool follower = device.is_n && graph.rails[device.drain] == Rail::kTop;
    const bool common_source = !device.is_n && graph.at_source_rail(device);
    if (!follower && !common_source) continue;
    const int output = follower ? device.source : device.drain;
    if (graph.is_rail(output)) continue;
    const std::vector<int> drains = graph.devices_at(output, Terminal::kDrain);
    const bool pulled = std::any_of(drains.begin(), drains.end(), [&](int other) {
      return graph.devices[other].is_transistor() && graph.devices[other].is_n;
    });
    if (!pulled && (compares(output) || divider_tap(graph, output) != kNoNet)) return true;
  }
  return false;
}

/// Two outputs, each moved by one side first.
bool has_two_sided_output(const Found& found, const Matching& matching) {
  const Signals& signals = found.signals;
  for (const int output : signals.outputs) {
    const int other = matching.partner[output];
    if (other == kNoNet || std::find(signals.outputs.begin(), signals.outputs.end(), other) == signals.outputs.end())
      continue;
    if (signals.sides[output] != signals.sides[other]) return true;
  }
  for (const Device& device : found.graph.devices) {
    if (device.outputs.size() == 2 && signals.is_signal(device.outputs[0])) return true;
  }
  return false;
}

}  // namespace

std::string circuit_type(const Found& found, const Matching& matching) {
  if (is_latch(found)) return "Comparator";
  if (is_reference_circuit(found)) return "Bandgap";
  if (is_regulator(found)) return "LDO";
  const Signals& signals = found.signals;
  if (!signals.has_outer_input) return "Other";
  if (signals.outer_inputs < 2) return "SISO-Amplifier";
  return has_two_sided_output(found, matching) ? "DIDO-Amplifier" : "DISO-Amplifier";
}

}  // namespace exturbo::circuit
