// Differential pairs: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "pairs.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace exturbo::circuit {
namespace {

bool crosses(const Device& a, const Device& b) { return a.gate == b.drain && b.gate == a.drain; }

/// The net at the other end of a part with two ends.
int other_end(const Device& part, int net) { return part.drain == net ? part.source : part.drain; }

/// What carries current from the tail to the rail of the sources; empty if nothing does.
std::vector<int> feeders_of(const Graph& graph, int tail, const Device& half) {
  std::vector<int> result;
  for (const Pin& pin : graph.pins[tail]) {
    const Device& part = graph.devices[pin.device];
    if (part.is_transistor()) {
      // Never off, polarity of the pair, drain at the tail; what stands between it and the rail belongs to it.
      if (part.is_n != half.is_n || pin.terminal != Terminal::kDrain || part.gate == tail) continue;
      result.push_back(pin.device);
      int below = part.source;
      for (int i = 0; i < 2 && !graph.is_rail(below); ++i) {
        const std::vector<int> next = graph.like(pin.device, Terminal::kDrain, below);
        if (next.size() != 1) break;
        result.push_back(next[0]);
        below = graph.devices[next[0]].source;
      }
    } else if (part.kind == Kind::kCurrent || part.kind == Kind::kResistor) {
      if (graph.rails[other_end(part, tail)] == Graph::source_rail(half.is_n)) result.push_back(pin.device);
    }
  }
  return result;
}

/// What is connected to a drain, in a form that compares.
std::vector<std::tuple<Kind, bool, Terminal>> load_of(const Graph& graph, int net) {
  std::vector<std::tuple<Kind, bool, Terminal>> result;
  for (const Pin& pin : graph.pins[net]) {
    const Device& device = graph.devices[pin.device];
    result.emplace_back(device.kind, device.is_n, pin.terminal);
  }
  std::sort(result.begin(), result.end());
  return result;
}

bool is_pair(const Graph& graph, int first, int second) {
  const Device& a = graph.devices[first];
  const Device& b = graph.devices[second];
  return a.is_like(b) && a.gate != b.gate && a.drain != b.drain && !crosses(a, b);
}

/// Pairs among the transistors that share a source, those with equal loads first.
std::vector<std::pair<int, int>> pairs_among(const Graph& graph, std::vector<int> devices) {
  constexpr std::size_t kMost = 16;  // more at one source is no tail
  if (devices.size() > kMost) return {};
  std::vector<std::pair<int, int>> result;
  for (const bool alike : {true, false}) {
    for (std::size_t i = 0; i < devices.size(); ++i) {
      for (std::size_t j = i + 1; j < devices.size(); ++j) {
        const bool equal =
            load_of(graph, graph.devices[devices[i]].drain) == load_of(graph, graph.devices[devices[j]].drain);
        if ((alike && !equal && devices.size() > 2) || !is_pair(graph, devices[i], devices[j])) continue;
        result.emplace_back(devices[i], devices[j]);
        devices.erase(devices.begin() + static_cast<std::ptrdiff_t>(j));
        devices.erase(devices.begin() + static_cast<std::ptrdiff_t>(i));
        j = devices.size();
        i = static_cast<std::size_t>(-1);
      }
    }
    // What is left of three is a third branch, no pair of its own.
    if (devices.size() < 2) break;
  }
  return result;
}

/// The net behind the resistor between a source and a common tail, or kNoNet.
int degeneration_tail(const Graph& graph, int source) {
  if (graph.is_rail(source) || graph.pins[source].size() != 2) return kNoNet;
  for (const Pin& pin : graph.pins[source]) {
    const Device& part = graph.devices[pin.device];
    if (part.kind == Kind::kResistor && !graph.is_rail(other_end(part, source))) return other_end(part, source);
  }
  return kNoNet;
}

}  // namespace

std::vector<Pair> find_pairs(const Graph& graph) {
  std::vector<Pair> result;
  const auto add = [&](int tail, const std::vector<int>& sources) {
    for (const bool is_n : {true, false}) {
      std::vector<int> halves;
      for (const int device : sources) {
        const Device& half = graph.devices[device];
        if (half.is_transistor() && half.is_n == is_n && half.gate != tail && half.drain != tail &&
            !graph.is_rail(half.gate))
          halves.push_back(device);
      }
      if (halves.size() < 2) continue;
      const std::vector<int> feeders = feeders_of(graph, tail, graph.devices[halves[0]]);
      if (feeders.empty()) continue;
      for (const auto& [a, b] : pairs_among(graph, halves)) result.push_back({a, b, tail, feeders});
    }
  };
  for (int net = 0; net < static_cast<int>(graph.nets.size()); ++net) {
    if (graph.is_rail(net)) continue;
    add(net, graph.devices_at(net, Terminal::kSource));
    std::vector<int> degenerated;
    for (const Pin& pin : graph.pins[net]) {
      if (graph.devices[pin.device].kind != Kind::kResistor) continue;
      const int source = other_end(graph.devices[pin.device], net);
      if (degeneration_tail(graph, source) != net) continue;
      for (const int device : graph.devices_at(source, Terminal::kSource)) degenerated.push_back(device);
    }
    add(net, degenerated);
  }
  return result;
}

std::vector<CrossCoupled> find_cross_coupled(const Graph& graph) {
  std::vector<CrossCoupled> result;
  std::vector<bool> used(graph.devices.size(), false);
  for (int i = 0; i < static_cast<int>(graph.devices.size()); ++i) {
    const Device& device = graph.devices[i];
    if (!device.is_transistor() || device.is_diode_connected() || used[i]) continue;
    for (const int other : graph.like(i, Terminal::kGate, device.drain)) {
      if (used[other] || !crosses(device, graph.devices[other])) continue;
      used[i] = used[other] = true;
      result.push_back({i, other});
      break;
    }
  }
  return result;
}

}  // namespace exturbo::circuit
