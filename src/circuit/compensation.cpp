// Compensation: capacitors from a later net of the signal to an earlier one.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <deque>

#include "stages.hpp"

namespace exturbo::circuit {
namespace {

/// One end of a capacitor, moved through what is in series with it.
struct End {
  int net = kNoNet;
  std::vector<int> series;  ///< From the capacitor on.
};

/// A net between a capacitor and one resistor, or a transistor that stands for one.
End end_of(const Found& found, int capacitor, int net) {
  const Graph& graph = found.graph;
  End end{net, {}};
  if (graph.is_rail(net) || graph.pins[net].size() != 2) return end;
  for (const Pin& pin : graph.pins[net]) {
    const Device& part = graph.devices[pin.device];
    const bool resistor = part.kind == Kind::kResistor;
    const bool triode =
        part.kind == Kind::kMos && pin.terminal != Terminal::kGate && !found.signals.is_signal(part.gate);
    if (pin.device == capacitor || !(resistor || triode)) continue;
    end.net = part.drain == net ? part.source : part.drain;
    end.series.push_back(pin.device);
  }
  return end;
}

bool reaches(const Found& found, int from, int to) {
  std::vector<bool> seen(found.graph.nets.size(), false);
  std::deque<int> open{from};
  seen[from] = true;
  while (!open.empty()) {
    const int net = open.front();
    open.pop_front();
    for (const int next : next_nets(found.graph, net)) {
      if (found.graph.is_rail(next) || seen[next]) continue;
      if (next == to) return true;
      seen[next] = true;
      open.push_back(next);
    }
  }
  return false;
}

}  // namespace

std::vector<Part> find_compensations(const Found& found) {
  const Graph& graph = found.graph;
  const Signals& signals = found.signals;
  std::vector<Part> result;
  for (int i = 0; i < static_cast<int>(graph.devices.size()); ++i) {
    const Device& capacitor = graph.devices[i];
    if (capacitor.kind != Kind::kCapacitor) continue;
    End early = end_of(found, i, capacitor.drain);
    End late = end_of(found, i, capacitor.source);
    if (!signals.is_signal(early.net) || !signals.is_signal(late.net) || graph.is_rail(early.net) ||
        graph.is_rail(late.net) || early.net == late.net)
      continue;
    if (signals.level[early.net] > signals.level[late.net]) std::swap(early, late);
    // Level 0 is an input: a capacitor from there feeds forward or closes an outer loop.
    if (signals.level[early.net] == 0) continue;
    if (!reaches(found, early.net, late.net)) std::swap(early, late);
    if (!reaches(found, early.net, late.net)) continue;
    Part part{{}, {early.net, late.net}};
    part.devices.insert(part.devices.end(), early.series.rbegin(), early.series.rend());
    part.devices.push_back(i);
    part.devices.insert(part.devices.end(), late.series.begin(), late.series.end());
    result.push_back(std::move(part));
  }
  return result;
}

}  // namespace exturbo::circuit
