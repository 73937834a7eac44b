// Blocks along the signal: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "stages.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace exturbo::circuit {
namespace {

bool contains(const std::vector<int>& numbers, int number) {
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

bool is_cascode(const Found& found, int index) {
  const Graph& graph = found.graph;
  const Device& device = graph.devices[index];
  if (!device.is_transistor() || graph.is_rail(device.source) || graph.is_rail(device.drain)) return false;
  if (device.is_half || found.is_crossed(index) || found.is_input(device.gate)) return false;
  if (!graph.carries_current(device.drain)) return false;
  if (found.signals.is_signal(device.gate) && is_regulated_follower(graph, index)) return false;
  // A switch between the two sides; two devices that share a current.
  if (found.matching.partner[device.source] == device.drain) return false;
  for (const int other : graph.like(index, Terminal::kSource, device.source)) {
    if (graph.devices[other].gate == device.gate) return false;
  }
  bool stands_on_one = false;
  for (const int below : graph.devices_at(device.source, Terminal::kDrain)) {
    const Device& lower = graph.devices[below];
    if (below == index || !lower.is_transistor() || lower.gate == device.gate) continue;
    if (!device.is_diode_connected() || found.mirrors_current(below)) stands_on_one = true;
  }
  return stands_on_one;
}

/// Drivers of one output: common-source or common-drain devices that an earlier stage steers.
Part output_stage(const Found& found, int output) {
  const Graph& graph = found.graph;
  Part part{{}, {output}};
  for (const int device : graph.devices_at(output, Terminal::kDrain)) {
    if (found.is_crossed(device)) return part;  // a latch decides there
  }
  const auto steered = [&](const Device& device) {
    const bool first_stage = found.is_input(device.gate) && !found.pairs.empty();
    return found.signals.is_signal(device.gate) && !first_stage && !found.is_mirror_gate(device.gate);
  };
  bool follows = false;
  bool is_n = false;
  for (const Pin& pin : graph.pins[output]) {
    const Device& device = graph.devices[pin.device];
    if (!device.is_transistor() || pin.terminal == Terminal::kGate || device.is_half || device.is_diode_connected() ||
        !steered(device))
      continue;
    const bool common_source = pin.terminal == Terminal::kDrain && graph.at_source_rail(device);
    const bool common_drain = pin.terminal == Terminal::kSource && graph.is_rail(device.drain);
    if (!common_source && !common_drain) continue;
    part.devices.push_back(pin.device);
    part.nets.push_back(device.gate);
    follows = common_drain;
    is_n = device.is_n;
  }
  if (part.devices.size() != 1) return part;
  // One driver has a load: the device or source that carries the current from or to the other rail.
  for (const Pin& pin : graph.pins[output]) {
    const Device& device = graph.devices[pin.device];
    if (pin.device == part.devices[0] || pin.terminal == Terminal::kGate) continue;
    const int end = device.drain == output ? device.source : device.drain;
    const bool active = device.is_transistor() && pin.terminal == Terminal::kDrain && graph.at_source_rail(device) &&
                        device.is_n == (follows ? is_n : !is_n);
    const bool passive = (device.kind == Kind::kCurrent || device.kind == Kind::kResistor) &&
                         graph.rails[end] == Graph::source_rail(follows ? is_n : !is_n);
    if (active || passive) part.devices.push_back(pin.device);
  }
  return part;
}

/// Diode-connected devices of both polarities in series from one net to the other.
std::vector<int> diode_string(const Graph& graph, int high, int low) {
  for (const int upper : graph.devices_at(high, Terminal::kDrain)) {
    const Device& n = graph.devices[upper];
    if (!n.is_diode_connected() || !n.is_n) continue;
    for (const int lower : graph.devices_at(n.source, Terminal::kSource)) {
      const Device& p = graph.devices[lower];
      if (p.is_diode_connected() && !p.is_n && p.drain == low) return {upper, lower};
    }
  }
  return {};
}

}  // namespace

std::vector<std::pair<int, int>> find_floating(const Graph& graph) {
  std::vector<std::pair<int, int>> result;
  std::vector<bool> used(graph.devices.size(), false);
  for (int i = 0; i < static_cast<int>(graph.devices.size()); ++i) {
    const Device& n = graph.devices[i];
    if (n.kind != Kind::kMos || !n.is_n || graph.is_rail(n.drain) || graph.is_rail(n.source)) continue;
    for (const int other : graph.devices_at(n.drain, Terminal::kSource)) {
      const Device& p = graph.devices[other];
      if (p.kind != Kind::kMos || p.is_n || p.drain != n.source || used[other]) continue;
      used[other] = true;
      result.emplace_back(i, other);
      break;
    }
  }
  return result;
}

std::vector<Part> find_cascodes(const Found& found) {
  std::vector<int> floating;
  for (const auto& [n, p] : find_floating(found.graph)) floating.insert(floating.end(), {n, p});
  std::map<std::tuple<int, Kind, bool>, Part> by_gate;
  std::vector<std::tuple<int, Kind, bool>> order;
  for (int i = 0; i < static_cast<int>(found.graph.devices.size()); ++i) {
    if (!is_cascode(found, i) || contains(floating, i)) continue;
    const Device& device = found.graph.devices[i];
    const std::tuple key{device.gate, device.kind, device.is_n};
    Part& part = by_gate[key];
    if (part.devices.empty()) {
      part.nets.push_back(device.gate);
      order.push_back(key);
    }
    part.devices.push_back(i);
    part.nets.push_back(device.drain);
  }
  std::vector<Part> result;
  for (const auto& key : order) result.push_back(by_gate.at(key));
  return result;
}

std::vector<Part> find_output_stages(const Found& found) {
  std::vector<Part> result;
  for (const int output : found.outputs) {
    Part part = output_stage(found, output);
    if (!part.devices.empty()) result.push_back(std::move(part));
  }
  return result;
}

std::vector<Part> find_class_ab_controls(const Found& found, const std::vector<Part>& output_stages) {
  const Graph& graph = found.graph;
  std::vector<Part> result;
  const auto floating = find_floating(graph);
  for (const Part& stage : output_stages) {
    if (stage.nets.size() != 3 || stage.nets[1] == stage.nets[2]) continue;  // the output and two gates
    const int a = stage.nets[1];
    const int b = stage.nets[2];
    Part part{{}, {a, b}};
    for (const auto& [n, p] : floating) {
      const Device& device = graph.devices[n];
      if ((device.drain == a && device.source == b) || (device.drain == b && device.source == a))
        part.devices.insert(part.devices.end(), {n, p});
    }
    if (part.devices.empty()) part.devices = diode_string(graph, a, b);
    if (part.devices.empty()) part.devices = diode_string(graph, b, a);
    for (const Pin& pin : graph.pins[a]) {
      const Device& device = graph.devices[pin.device];
      const bool holds = device.kind == Kind::kResistor || device.kind == Kind::kVoltage || device.kind == Kind::kDiode;
      if (holds && (device.drain == b || device.source == b)) part.devices.push_back(pin.device);
    }
    if (!part.devices.empty()) result.push_back(std::move(part));
  }
  return result;
}

std::vector<Part> find_diode_loads(const Found& found) {
  std::vector<Part> result;
  for (int i = 0; i < static_cast<int>(found.graph.devices.size()); ++i) {
    const Device& device = found.graph.devices[i];
    if (device.is_diode_connected() && found.graph.at_source_rail(device) && !found.is_mirror_gate(device.gate) &&
        found.signals.is_signal(device.drain) && !found.is_input(device.drain))
      result.push_back({{i}, {device.drain}});
  }
  return result;
}

}  // namespace exturbo::circuit
