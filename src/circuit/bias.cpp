// Bias chains: branches between the rails that carry no signal and make a gate voltage.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>

#include "stages.hpp"

namespace exturbo::circuit {
namespace {

bool carries(const Device& device) { return device.kind != Kind::kCapacitor && device.kind != Kind::kAmplifier; }

/// Collects the nets that current can flow between without a rail or a signal, and what it flows through.
struct Branch {
  std::vector<int> nets;
  std::vector<int> devices;
  bool is_apart = true;  ///< Nothing leads to a signal.

  void collect(const Found& found, int start, std::vector<bool>& seen) {
    const Graph& graph = found.graph;
    nets = {start};
    seen[start] = true;
    for (std::size_t i = 0; i < nets.size(); ++i) {
      for (const Pin& pin : graph.pins[nets[i]]) {
        const Device& device = graph.devices[pin.device];
        if (pin.terminal == Terminal::kGate) continue;
        if (device.kind == Kind::kAmplifier) is_apart = false;
        if (!carries(device)) continue;
        if (std::find(devices.begin(), devices.end(), pin.device) == devices.end()) devices.push_back(pin.device);
        const int other = device.drain == nets[i] ? device.source : device.drain;
        if (graph.is_rail(other) || seen[other]) {
          // Seen by this branch, or a net that is none of a bias.
          if (!graph.is_rail(other) && std::find(nets.begin(), nets.end(), other) == nets.end()) is_apart = false;
          continue;
        }
        seen[other] = true;
        nets.push_back(other);
      }
    }
  }
};

}  // namespace

std::vector<Part> find_bias_chains(const Found& found) {
  const Graph& graph = found.graph;
  std::vector<bool> seen(graph.nets.size(), false);
  for (std::size_t net = 0; net < seen.size(); ++net) seen[net] = found.signals.is_signal(static_cast<int>(net));
  for (const Pair& pair : found.pairs) seen[pair.tail] = true;
  std::vector<Part> result;
  for (int net = 0; net < static_cast<int>(graph.nets.size()); ++net) {
    if (seen[net] || graph.is_rail(net)) continue;
    Branch branch;
    branch.collect(found, net, seen);
    std::sort(branch.devices.begin(), branch.devices.end());
    const bool steers = std::any_of(branch.nets.begin(), branch.nets.end(),
                                    [&](int inner) { return !graph.devices_at(inner, Terminal::kGate).empty(); });
    // A port without a gate is where a current leaves.
    const bool delivers = std::any_of(branch.nets.begin(), branch.nets.end(), [&](int inner) {
      return graph.is_port[inner] && graph.devices_at(inner, Terminal::kGate).empty();
    });
    if (branch.is_apart && steers && !delivers && !branch.devices.empty())
      result.push_back({branch.devices, branch.nets});
  }
  return result;
}

}  // namespace exturbo::circuit
