// Which nets are the supplies: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "rails.hpp"

#include <algorithm>
#include <cctype>

#include "exturbo/core/text.hpp"

namespace exturbo::circuit {
namespace {

/// "vdd" in "vdd", "vdd!", "avdd", "vdd_io", "vdda", "vdd33"; not in "vddsense".
bool is_called(std::string name, const std::string& stem) {
  for (const char first : {'a', 'd', 'p'}) {
    if (name[0] == first && name.compare(1, stem.size(), stem) == 0) name.erase(0, 1);
  }
  if (!name.starts_with(stem)) return false;
  const std::string rest = name.substr(stem.size());
  if (rest.empty() || rest == "a" || rest == "d" || rest == "io" || rest == "h" || rest == "l") return true;
  return std::isalpha(static_cast<unsigned char>(rest[0])) == 0;
}

/// "3V", "+1.8v", "-5V".
bool is_voltage(const std::string& name, bool negative) {
  if (name.size() < 2 || name.back() != 'v') return false;
  const std::size_t sign = name[0] == '-' || name[0] == '+' ? 1 : 0;
  const std::string number = name.substr(sign, name.size() - 1 - sign);
  return (name[0] == '-') == negative && !number.empty() &&
         number.find_first_not_of("0123456789.") == std::string::npos;
}

/// How well a net would do as the rail that transistors of that polarity have their sources at; 0: not at all.
int fitness(const Graph& graph, int net, bool is_n) {
  int sources = 0;
  int others = 0;
  for (const Pin& pin : graph.pins[net]) {
    const Device& device = graph.devices[pin.device];
    if (!device.is_transistor()) {
      ++others;
    } else if (pin.terminal == Terminal::kGate && device.gate != device.source) {
      return 0;
    } else if (device.is_n == is_n && pin.terminal == Terminal::kDrain) {
      return 0;
    } else if (device.is_n != is_n && pin.terminal == Terminal::kSource) {
      return 0;
    } else {
      ++sources;
    }
  }
  return sources > 1 ? 2 * sources + others : sources == 1 && others > 0 ? 1 : 0;
}

void find_by_connections(Graph& graph, Rail rail) {
  const bool is_n = rail == Rail::kBottom;
  const int best = graph.fittest_net([&](int net) { return fitness(graph, net, is_n); });
  if (best != kNoNet) graph.rails[best] = rail;
}

}  // namespace

Rail rail_by_name(const std::string& net) {
  const std::string name = core::lower_case(net);
  const auto called = [&](std::initializer_list<const char*> stems) {
    return std::any_of(stems.begin(), stems.end(), [&](const char* stem) { return is_called(name, stem); });
  };
  if (called({"vdd", "vcc", "vpwr"}) || is_voltage(name, false)) return Rail::kTop;
  if (name == "0" || called({"vss", "gnd", "vee", "vgnd", "ground"}) || is_voltage(name, true)) return Rail::kBottom;
  return Rail::kNone;
}

void find_rails(Graph& graph) {
  for (std::size_t net = 0; net < graph.nets.size(); ++net) {
    if (graph.rails[net] == Rail::kNone) graph.rails[net] = rail_by_name(graph.nets[net]);
  }
  for (const Rail rail : {Rail::kTop, Rail::kBottom}) {
    if (std::find(graph.rails.begin(), graph.rails.end(), rail) == graph.rails.end()) find_by_connections(graph, rail);
  }
}

}  // namespace exturbo::circuit
