// Which nets are the outputs: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "outputs.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>
#include <map>

namespace exturbo::circuit {
namespace {

using Steps = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;

Steps steps_of(const Found& found) {
  Steps steps(found.graph.nets.size());
  for (int net = 0; net < static_cast<int>(found.graph.nets.size()); ++net) {
    if (!found.signals.is_signal(net)) continue;
    for (const int next : next_nets(found.graph, net)) {
      if (found.signals.is_signal(next) && next != net) boost::add_edge(net, next, steps);
    }
  }
  return steps;
}

/// Whether the current at a net flows on through a common-gate device.
bool is_cascoded(const Found& found, int net) {
  const std::vector<int> devices = found.graph.devices_at(net, Terminal::kSource);
  return std::any_of(devices.begin(), devices.end(), [&](int i) {
    const Device& device = found.graph.devices[i];
    return device.is_transistor() && !found.graph.is_rail(device.drain) && !device.is_half &&
           !(found.signals.is_signal(device.gate) && is_regulated_follower(found.graph, i));
  });
}

bool is_two_sided(const Found& found, int net) {
  const int other = found.matching.partner[net];
  return other != kNoNet && found.signals.sides[net] != found.signals.sides[other];
}

bool may_be_output(const Found& found, int net) {
  const Graph& graph = found.graph;
  if (!found.signals.is_signal(net) || found.is_input(net) || is_cascoded(found, net)) return false;
  // A mirror's gate is low in impedance; where both sides are, they are meant to be.
  const bool both = is_two_sided(found, net) && found.is_mirror_gate(found.matching.partner[net]);
  if (found.is_mirror_gate(net) && !both) return false;
  const bool driven = std::any_of(graph.pins[net].begin(), graph.pins[net].end(), [&](const Pin& pin) {
    const Device& device = graph.devices[pin.device];
    return pin.terminal != Terminal::kGate && (device.is_transistor() || device.kind == Kind::kAmplifier);
  });
  return driven && graph.carries_current(net);
}

bool has_diode(const Found& found, int net) {
  const std::vector<int> devices = found.graph.devices_at(net, Terminal::kDrain);
  return std::any_of(devices.begin(), devices.end(),
                     [&](int i) { return found.graph.devices[i].is_diode_connected(); });
}

/// The outputs among the nets of one end of the circuit.
std::vector<int> outputs_among(const Found& found, const std::vector<int>& nets) {
  std::vector<int> result;
  std::vector<int> two_sided;
  for (const int net : nets) {
    if (!may_be_output(found, net)) continue;
    result.push_back(net);
    if (is_two_sided(found, net) && may_be_output(found, found.matching.partner[net])) two_sided.push_back(net);
  }
  const bool is_loop = nets.size() > 1;
  if (is_loop && !two_sided.empty()) result = std::move(two_sided);
  // A diode alone at the end of a branch makes nothing of the signal: the idle half of a common-mode amplifier.
  if (!is_loop && !result.empty() && has_diode(found, result[0]) && !is_two_sided(found, result[0])) return {};
  if (is_loop && !result.empty()) {
    int last = 0;
    for (const int net : result) last = std::max(last, found.signals.level[net]);
    std::erase_if(result, [&](int net) { return found.signals.level[net] < last; });
  }
  return result;
}

}  // namespace

std::vector<int> find_outputs(const Found& found) {
  std::vector<int> result;
  const int count = static_cast<int>(found.graph.nets.size());
  for (int net = 0; net < count; ++net) {
    if (found.graph.is_port[net] && may_be_output(found, net)) result.push_back(net);
  }
  if (result.empty()) {
    const Steps steps = steps_of(found);
    std::vector<int> component(found.graph.nets.size());
    boost::strong_components(steps, component.data());
    std::map<int, std::vector<int>> members;
    for (int net = 0; net < count; ++net) members[component[net]].push_back(net);
    for (const auto& [number, nets] : members) {
      const bool is_left = std::any_of(nets.begin(), nets.end(), [&, number = number](int net) {
        const auto [first, last] = boost::out_edges(net, steps);
        return std::any_of(first, last,
                           [&](const auto& edge) { return component[boost::target(edge, steps)] != number; });
      });
      if (is_left) continue;
      for (const int net : outputs_among(found, nets)) result.push_back(net);
    }
  }
  std::sort(result.begin(), result.end(), [&](int a, int b) {
    const auto& level = found.signals.level;
    return level[a] != level[b] ? level[a] > level[b] : found.graph.nets[a] < found.graph.nets[b];
  });
  return result;
}

}  // namespace exturbo::circuit
