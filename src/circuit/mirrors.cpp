// Current mirrors: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "mirrors.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace exturbo::circuit {
namespace {

constexpr int kMaxCascodes = 2;
constexpr int kMaxLegs = 3;
constexpr std::size_t kMaxBranches = 16;  // more on one drain are no cascodes of a reference

/// A net and those that a resistor away from it also carry its DC voltage's ups and downs: a drop sets a cascode's
/// bias.
std::vector<int> beyond_resistors(const Graph& graph, int net) {
  std::vector<int> nets{net};
  for (const Pin& pin : graph.pins[net]) {
    const Device& device = graph.devices[pin.device];
    if (device.kind != Kind::kResistor) continue;
    const int other = device.drain == net ? device.source : device.drain;
    if (!graph.is_rail(other)) nets.push_back(other);
  }
  return nets;
}

bool contains(const std::vector<int>& nets, int net) { return std::find(nets.begin(), nets.end(), net) != nets.end(); }

/// Transistors like the reference whose source is at its drain and that lead to its gate.
bool meets_through_cascodes(const Graph& graph, int device, int drain, int gate, int left) {
  const std::vector<int> cascodes = graph.like(device, Terminal::kSource, drain);
  if (cascodes.size() > kMaxBranches) return false;
  for (const int cascode : cascodes) {
    const Device& upper = graph.devices[cascode];
    if (graph.is_rail(upper.drain) || upper.drain == drain) continue;
    if (contains(beyond_resistors(graph, upper.drain), gate)) return true;
    if (left > 1 && meets_through_cascodes(graph, device, upper.drain, gate, left - 1)) return true;
  }
  return false;
}

bool meets_through_follower(const Graph& graph, int device, int drain, int gate) {
  for (const int follower : graph.devices_at(gate, Terminal::kSource)) {
    const Device& buffer = graph.devices[follower];
    if (buffer.is_transistor() && buffer.gate == drain && graph.is_rail(buffer.drain) &&
        buffer.is_n == graph.devices[device].is_n)
      return true;
  }
  return false;
}

/// The other end of what may stand in a source's leg: a resistor or a junction.
int leg_end(const Graph& graph, int part, int net) {
  const Device& device = graph.devices[part];
  const bool junction = device.kind == Kind::kBipolar && device.source == net &&
                        (device.is_diode_connected() || graph.is_rail(device.gate));
  if (junction) return device.drain;
  if (device.kind != Kind::kResistor && device.kind != Kind::kDiode) return kNoNet;
  return device.drain == net ? device.source : device.drain;
}

}  // namespace

int degenerated_source(const Graph& graph, int device) {
  int net = graph.devices[device].source;
  int from = device;
  for (int i = 0; i < kMaxLegs && !graph.is_rail(net) && graph.pins[net].size() == 2; ++i) {
    const int part = graph.pins[net][0].device == from ? graph.pins[net][1].device : graph.pins[net][0].device;
    const int next = leg_end(graph, part, net);
    if (next == kNoNet) break;
    from = part;
    net = next;
  }
  return graph.is_rail(net) ? net : graph.devices[device].source;
}

bool is_reference(const Graph& graph, int device) {
  const Device& part = graph.devices[device];
  if (!part.is_transistor() || graph.is_rail(part.gate) || graph.is_rail(part.drain)) return false;
  if (part.is_diode_connected()) return true;
  return meets_through_cascodes(graph, device, part.drain, part.gate, kMaxCascodes) ||
         meets_through_follower(graph, device, part.drain, part.gate);
}

bool is_regulated_follower(const Graph& graph, int device) {
  const Device& follower = graph.devices[device];
  if (contains(beyond_resistors(graph, follower.drain), follower.gate)) return false;
  if (graph.is_rail(follower.drain) || graph.devices_at(follower.drain, Terminal::kGate).size() != 1) return false;
  const std::vector<int> below = graph.devices_at(follower.source, Terminal::kDrain);
  return std::any_of(below.begin(), below.end(), [&](int i) {
    return graph.devices[i].is_transistor() && graph.devices[i].gate == follower.drain;
  });
}

std::vector<Mirror> find_mirrors(const Graph& graph) {
  // Gate, source, polarity: what all devices of a mirror share.
  std::map<std::tuple<int, int, Kind, bool>, Mirror> mirrors;
  std::vector<std::tuple<int, int, Kind, bool>> order;
  for (int i = 0; i < static_cast<int>(graph.devices.size()); ++i) {
    const Device& device = graph.devices[i];
    if (!device.is_transistor() || graph.is_rail(device.gate)) continue;
    const std::tuple key{device.gate, degenerated_source(graph, i), device.kind, device.is_n};
    if (!mirrors.contains(key)) order.push_back(key);
    Mirror& mirror = mirrors[key];
    mirror.gate = device.gate;
    (is_reference(graph, i) ? mirror.references : mirror.outputs).push_back(i);
  }
  std::vector<Mirror> result;
  for (const auto& key : order) {
    Mirror& mirror = mirrors.at(key);
    if (mirror.references.empty()) continue;
    std::stable_partition(mirror.references.begin(), mirror.references.end(),
                          [&](int i) { return graph.devices[i].is_diode_connected(); });
    // A reference beside a diode is an output with a cascode that happens to lead back.
    mirror.outputs.insert(mirror.outputs.begin(), mirror.references.begin() + 1, mirror.references.end());
    mirror.references.resize(1);
    if (!mirror.outputs.empty()) result.push_back(std::move(mirror));
  }
  return result;
}

}  // namespace exturbo::circuit
