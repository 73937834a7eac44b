// A description as a graph: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "graph.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "rails.hpp"

namespace exturbo::circuit {
namespace {

class Builder {
 public:
  Graph build(const CircuitDescription& description) {
    for (const Component& component : description.components) add(component);
    connect();
    for (const std::string& port : description.ports) graph_.is_port[net(port)] = true;
    find_rails(graph_);
    // Roles now: what they mean depends on the rails.
    for (Device& device : graph_.devices) orient(device);
    std::erase_if(graph_.devices, [this](const Device& device) { return is_nothing(device); });
    merge_parallel();
    connect();
    return std::move(graph_);
  }

 private:
  int net(const std::string& name) {
    const auto [known, is_new] = numbers_.try_emplace(name, static_cast<int>(graph_.nets.size()));
    if (is_new) {
      graph_.nets.push_back(name);
      graph_.rails.push_back(Rail::kNone);
      graph_.is_port.push_back(false);
      graph_.pins.emplace_back();
    }
    return known->second;
  }

  void add(const Component& component) {
    Device device;
    device.names = {component.name};
    const auto at = [&](const char* port) { return net(component.ports.at(port)); };
    const std::string& type = component.type;
    if (type == "Vdd" || type == "Gnd") {
      graph_.rails[at("Port")] = type == "Vdd" ? Rail::kTop : Rail::kBottom;
      return;
    }
    device.is_n = type == "NMOS" || type == "NPN";
    if (type == "NMOS" || type == "PMOS") {
      set(device, Kind::kMos, {"Drain", "Gate", "Source"}, at);
    } else if (type == "NPN" || type == "PNP") {
      set(device, Kind::kBipolar, {"Collector", "Base", "Emitter"}, at);
    } else if (type == "Diode" || type == "Current") {
      set(device, type == "Diode" ? Kind::kDiode : Kind::kCurrent, {"In", "", "Out"}, at);
    } else if (type == "Voltage") {
      set(device, Kind::kVoltage, {"Positive", "", "Negative"}, at);
    } else if (type.ends_with("_amp")) {
      device.kind = Kind::kAmplifier;
      for (const char* port : {"In", "InP", "InN"}) {
        if (component.ports.contains(port)) device.inputs.push_back(at(port));
      }
      for (const char* port : {"Out", "OutP", "OutN"}) {
        if (component.ports.contains(port)) device.outputs.push_back(at(port));
      }
    } else {
      set(device, kind_of(type), {"Pos", "", "Neg"}, at);
    }
    graph_.devices.push_back(std::move(device));
  }

  static Kind kind_of(const std::string& type) {
    return type == "Res"   ? Kind::kResistor
           : type == "Cap" ? Kind::kCapacitor
           : type == "Ind" ? Kind::kInductor
                           : Kind::kSwitch;
  }

  /// Nets get their numbers in this order: drain, gate, source.
  template <typename At>
  static void set(Device& device, Kind kind, const std::array<const char*, 3>& ports, const At& at) {
    device.kind = kind;
    device.drain = at(ports[0]);
    if (*ports[1] != '\0') device.gate = at(ports[1]);
    device.source = at(ports[2]);
  }

  void orient(Device& device) {
    if (device.kind == Kind::kMos && device.drain == device.source && device.gate != device.drain) {
      device.kind = Kind::kCapacitor;
      device.drain = device.gate;
      device.gate = kNoNet;
      device.is_n = false;
    }
    if (!device.is_transistor()) return;
    const Rail own = Graph::source_rail(device.is_n);
    const Rail source = graph_.rails[device.source];
    const Rail drain = graph_.rails[device.drain];
    if ((drain == own && source != own) || (source != own && source != Rail::kNone && drain == Rail::kNone))
      std::swap(device.drain, device.source);
  }

  /// Shorted, or off whatever happens.
  bool is_nothing(const Device& device) const {
    if (device.kind == Kind::kAmplifier) return false;
    if (device.drain == device.source) return true;
    if (graph_.is_rail(device.drain) && graph_.is_rail(device.source) && device.kind == Kind::kCapacitor) return true;
    if (device.kind != Kind::kMos) return false;
    const Rail own = Graph::source_rail(device.is_n);
    // With two nets at that rail ("gnd" between "vss" and "vdd"), one of them turns devices at the other on.
    const bool is_lowest = std::count(graph_.rails.begin(), graph_.rails.end(), own) == 1;
    return device.gate == device.source || (is_lowest && graph_.rails[device.gate] == own);
  }

  /// Two devices with their ends exchanged are in parallel, too, but for those a current flows through in one sense.
  void merge_parallel() {
    std::map<std::tuple<Kind, bool, int, int, int>, std::size_t> first;
    std::vector<Device> merged;
    std::set<std::size_t> disputed;
    for (Device& device : graph_.devices) {
      if (device.kind == Kind::kAmplifier) {
        merged.push_back(std::move(device));
        continue;
      }
      int low = device.drain;
      int high = device.source;
      const bool one_way =
          device.kind == Kind::kDiode || device.kind == Kind::kCurrent || device.kind == Kind::kBipolar;
      // A diode-connected transistor with exchanged ends is no diode in that sense.
      if (!one_way && device.gate != low && device.gate != high && low > high) std::swap(low, high);
      const auto [known, is_new] = first.try_emplace({device.kind, device.is_n, low, device.gate, high}, merged.size());
      if (is_new) {
        merged.push_back(std::move(device));
        continue;
      }
      Device& kept = merged[known->second];
      kept.names.push_back(device.names[0]);
      if (kept.is_transistor() && kept.drain != device.drain) disputed.insert(known->second);
    }
    graph_.devices = std::move(merged);
    settle(disputed);
  }

  /// Of devices in parallel with drain and source exchanged, the source is the end nearer to the rail of sources.
  void settle(const std::set<std::size_t>& disputed) {
    if (disputed.empty()) return;
    connect();
    for (const bool is_n : {true, false}) {
      const std::vector<int> steps = steps_from(Graph::source_rail(is_n));
      for (const std::size_t i : disputed) {
        Device& device = graph_.devices[i];
        if (device.is_n == is_n && steps[device.drain] < steps[device.source]) std::swap(device.drain, device.source);
      }
    }
  }

  /// Per net: devices that a current goes through on its way to that rail.
  std::vector<int> steps_from(Rail rail) const {
    const int far = static_cast<int>(graph_.nets.size());
    std::vector<int> steps(graph_.nets.size(), far);
    std::deque<int> open;
    for (int net = 0; net < far; ++net) {
      if (graph_.rails[net] == rail) open.push_back(net);
    }
    for (const int net : open) steps[net] = 0;
    while (!open.empty()) {
      const int net = open.front();
      open.pop_front();
      for (const Pin& pin : graph_.pins[net]) {
        const Device& device = graph_.devices[pin.device];
        if (pin.terminal == Terminal::kGate || device.kind == Kind::kCapacitor || device.kind == Kind::kAmplifier)
          continue;
        const int other = device.drain == net ? device.source : device.drain;
        if (graph_.is_rail(other) || steps[other] <= steps[net] + 1) continue;
        steps[other] = steps[net] + 1;
        open.push_back(other);
      }
    }
    return steps;
  }

  void connect() {
    for (std::vector<Pin>& pins : graph_.pins) pins.clear();
    for (int i = 0; i < static_cast<int>(graph_.devices.size()); ++i) {
      const Device& device = graph_.devices[i];
      const auto pin = [&](int net, Terminal terminal) {
        if (net != kNoNet) graph_.pins[net].push_back({i, terminal});
      };
      pin(device.drain, Terminal::kDrain);
      pin(device.gate, Terminal::kGate);
      pin(device.source, Terminal::kSource);
      for (const int input : device.inputs) pin(input, Terminal::kGate);
      for (const int output : device.outputs) pin(output, Terminal::kDrain);
    }
  }

  Graph graph_;
  std::map<std::string, int> numbers_;
};

}  // namespace

std::vector<int> Graph::devices_at(int net, Terminal terminal) const {
  std::vector<int> result;
  if (net == kNoNet) return result;
  for (const Pin& pin : pins[net]) {
    if (pin.terminal == terminal) result.push_back(pin.device);
  }
  return result;
}

std::vector<int> Graph::like(int device, Terminal terminal, int net) const {
  std::vector<int> result;
  for (const int other : devices_at(net, terminal)) {
    if (other != device && devices[other].is_like(devices[device])) result.push_back(other);
  }
  return result;
}

bool Graph::is_undriven(int net) const {
  if (is_rail(net)) return false;
  return std::none_of(pins[net].begin(), pins[net].end(), [this](const Pin& pin) {
    return pin.terminal != Terminal::kGate && devices[pin.device].kind != Kind::kCapacitor;
  });
}

bool Graph::carries_current(int net) const {
  if (is_port[net] || pins[net].size() == 1) return true;
  int ends = 0;
  for (const Pin& pin : pins[net]) {
    const Kind kind = devices[pin.device].kind;
    if (pin.terminal == Terminal::kGate || kind == Kind::kCapacitor) continue;
    ends += kind == Kind::kAmplifier ? 2 : 1;
  }
  return ends > 1;
}

int Graph::fittest_net(const std::function<int(int net)>& fitness) const {
  int best = kNoNet;
  int best_fitness = 0;
  for (int net = 0; net < static_cast<int>(nets.size()); ++net) {
    if (is_rail(net)) continue;
    const int fit = fitness(net);
    if (fit > best_fitness || (fit == best_fitness && fit > 0 && nets[net] < nets[best])) {
      best = net;
      best_fitness = fit;
    }
  }
  return best;
}

Graph graph_of(const CircuitDescription& description) { return Builder().build(description); }

}  // namespace exturbo::circuit
