// Which devices should be equal: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "matching.hpp"

#include <algorithm>
#include <array>
#include <deque>

namespace exturbo::circuit {
namespace {

constexpr std::array kTerminals{Terminal::kDrain, Terminal::kGate, Terminal::kSource};

class Walk {
 public:
  explicit Walk(const Graph& graph) : graph_(graph), used_(graph.devices.size(), false) {
    result_.partner.assign(graph.nets.size(), kNoNet);
  }

  Matching walk(const std::vector<Pair>& pairs, const std::vector<CrossCoupled>& crossed, const Signals& signals) {
    for (std::size_t i = 0; i < std::min(signals.inputs_a.size(), signals.inputs_b.size()); ++i)
      pair_nets(signals.inputs_a[i], signals.inputs_b[i]);
    spread();
    for (const Pair& pair : pairs) match_if_free(pair.a, pair.b);
    for (const CrossCoupled& pair : crossed) match_if_free(pair.a, pair.b);
    return std::move(result_);
  }

 private:
  void match_if_free(int a, int b) {
    if (used_[a] || used_[b]) return;
    if (fit(a, b) < 0) {
      // Their gates lead elsewhere (a reference, a common mode): equal all the same.
      used_[a] = used_[b] = true;
      result_.devices.emplace_back(a, b);
      return;
    }
    match(a, b);
    spread();
  }

  void pair_nets(int x, int y) {
    if (x == y || x == kNoNet || result_.partner[x] != kNoNet || result_.partner[y] != kNoNet) return;
    if (graph_.is_rail(x) || graph_.is_rail(y)) return;
    result_.partner[x] = y;
    result_.partner[y] = x;
    open_.emplace_back(x, y);
  }

  /// Terminals that are certain to correspond, or -1 if one contradicts.
  int fit(int a, int b) const {
    const Device& one = graph_.devices[a];
    const Device& other = graph_.devices[b];
    if (a == b || !one.is_like(other) || one.kind == Kind::kAmplifier) return -1;
    const int straight = fit(one.drain, one.gate, one.source, other);
    return one.is_transistor() ? straight : std::max(straight, fit(one.source, one.gate, one.drain, other));
  }

  int fit(int drain, int gate, int source, const Device& other) const {
    int sure = 0;
    const std::array nets{drain, gate, source};
    for (std::size_t i = 0; i < nets.size(); ++i) {
      const int x = nets[i];
      const int y = other.at(kTerminals[i]);
      if (x == y || (x != kNoNet && result_.partner[x] == y)) {
        ++sure;
      } else if (graph_.is_rail(x) || graph_.is_rail(y) || result_.partner[x] != kNoNet ||
                 result_.partner[y] != kNoNet) {
        return -1;
      }
    }
    return sure;
  }

  void match(int a, int b) {
    const Device& one = graph_.devices[a];
    const Device& other = graph_.devices[b];
    used_[a] = used_[b] = true;
    result_.devices.emplace_back(a, b);
    const bool turned = !one.is_transistor() &&
                        fit(one.drain, one.gate, one.source, other) < fit(one.source, one.gate, one.drain, other);
    pair_nets(one.drain, turned ? other.source : other.drain);
    pair_nets(one.gate, other.gate);
    pair_nets(one.source, turned ? other.drain : other.source);
  }

  void spread() {
    while (!open_.empty()) {
      const auto [x, y] = open_.front();
      open_.pop_front();
      // The surest first: a load whose gate is shared, before one that would make new counterparts.
      for (int needed = 3; needed >= 1; --needed) {
        for (const Pin& pin : graph_.pins[x]) match_best(pin, y, needed);
      }
    }
  }

  void match_best(const Pin& pin, int y, int needed) {
    const Device& device = graph_.devices[pin.device];
    if (used_[pin.device]) return;
    for (const Pin& other : graph_.pins[y]) {
      const bool same_role = !device.is_transistor() || other.terminal == pin.terminal;
      if (!same_role || used_[other.device] || fit(pin.device, other.device) < needed) continue;
      match(pin.device, other.device);
      return;
    }
  }

  const Graph& graph_;
  std::vector<bool> used_;
  std::deque<std::pair<int, int>> open_;
  Matching result_;
};

}  // namespace

Matching find_matching(const Graph& graph, const std::vector<Pair>& pairs, const std::vector<CrossCoupled>& crossed,
                       const Signals& signals) {
  return Walk(graph).walk(pairs, crossed, signals);
}

}  // namespace exturbo::circuit
