// What a circuit is: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "circuit_type.hpp"

#include <algorithm>

#include "stages.hpp"

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

/// A net from outside at gates of both polarities that are not those of one inverter: a bias serves one polarity.
bool has_clock(const Graph& graph) {
  for (int net = 0; net < static_cast<int>(graph.nets.size()); ++net) {
    if (!graph.is_undriven(net)) continue;
    for (const int one : graph.devices_at(net, Terminal::kGate)) {
      for (const int other : graph.devices_at(net, Terminal::kGate)) {
        const Device& n = graph.devices[one];
        const Device& p = graph.devices[other];
        if (n.is_transistor() && p.is_transistor() && n.is_n && !p.is_n && n.drain != p.drain) return true;
      }
    }
  }
  return false;
}

bool regenerates_by_clock(const Found& found) {
  if (!has_clock(found.graph)) return false;
  return std::any_of(found.crossed.begin(), found.crossed.end(), [&](const CrossCoupled& pair) {
    const auto loads = found.graph.devices_at(found.graph.devices[pair.a].drain, Terminal::kDrain);
    return std::none_of(loads.begin(), loads.end(), [&](int i) { return found.graph.devices[i].is_diode_connected(); });
  });
}

/// An output that an inverter drives, with nothing that makes the loop around it stable.
bool ends_in_inverter(const Found& found) {
  if (found.signals.inputs_b.empty() || !find_compensations(found).empty()) return false;
  const Graph& graph = found.graph;
  return std::any_of(found.outputs.begin(), found.outputs.end(), [&](int output) {
    for (const int one : graph.devices_at(output, Terminal::kDrain)) {
      for (const int other : graph.devices_at(output, Terminal::kDrain)) {
        const Device& n = graph.devices[one];
        const Device& p = graph.devices[other];
        if (n.kind == Kind::kMos && p.kind == Kind::kMos && n.is_n && !p.is_n && n.gate == p.gate &&
            graph.at_source_rail(n) && graph.at_source_rail(p))
          return true;
      }
    }
    return false;
  });
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

/// The upper rail, or a net of sources alone, which only a supply of its own can feed.
bool is_supplied(const Graph& graph, int net) {
  if (graph.rails[net] != Rail::kNone) return graph.rails[net] == Rail::kTop;
  return std::all_of(graph.pins[net].begin(), graph.pins[net].end(), [&](const Pin& pin) {
    const Device& device = graph.devices[pin.device];
    return device.kind == Kind::kCapacitor ||
           (device.is_transistor() && !device.is_n && pin.terminal == Terminal::kSource);
  });
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
    const bool common_source = !device.is_n && is_supplied(graph, device.source);
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
bool has_two_sided_output(const Found& found) {
  const Signals& signals = found.signals;
  for (const int output : found.outputs) {
    const int other = found.matching.partner[output];
    if (other == kNoNet || std::find(found.outputs.begin(), found.outputs.end(), other) == found.outputs.end())
      continue;
    if (signals.sides[output] != signals.sides[other]) return true;
  }
  for (const Device& device : found.graph.devices) {
    if (device.outputs.size() == 2 && signals.is_signal(device.outputs[0])) return true;
  }
  return false;
}

}  // namespace

std::string circuit_type(const Found& found) {
  if (is_latch(found) || regenerates_by_clock(found) || ends_in_inverter(found)) return "Comparator";
  if (is_reference_circuit(found)) return "Bandgap";
  if (is_regulator(found)) return "LDO";
  const Signals& signals = found.signals;
  if (!signals.has_outer_input) return "Other";
  if (signals.outer_inputs < 2) return "SISO-Amplifier";
  return has_two_sided_output(found) ? "DIDO-Amplifier" : "DISO-Amplifier";
}

}  // namespace exturbo::circuit
