// A description as a graph: devices that count, nets as numbers, what is connected to each net, which nets are rails.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "exturbo/circuit/description.hpp"

namespace exturbo::circuit {

enum class Kind { kMos, kBipolar, kDiode, kResistor, kCapacitor, kInductor, kSwitch, kCurrent, kVoltage, kAmplifier };

/// Terminals by role. A bipolar transistor has its collector, base and emitter as drain, gate and source; a part with
/// two ends has them as drain and source (a current flows into the drain of a current source and of a diode).
enum class Terminal { kDrain, kGate, kSource };

constexpr int kNoNet = -1;

struct Device {
  Kind kind = Kind::kMos;
  bool is_n = true;  ///< NMOS, NPN.
  int drain = kNoNet, gate = kNoNet, source = kNoNet;
  std::vector<std::string> names;  ///< All that are in parallel.
  bool is_half = false;            ///< Of a differential pair, once they are known (find_all()).
  std::vector<int> inputs;         ///< Of an amplifier: InP, InN or In.
  std::vector<int> outputs;        ///< OutP, OutN or Out.

  bool is_transistor() const { return kind == Kind::kMos || kind == Kind::kBipolar; }
  bool is_diode_connected() const { return is_transistor() && gate == drain; }
  /// Same kind of part, so that the two can be compared.
  bool is_like(const Device& other) const { return kind == other.kind && is_n == other.is_n; }
  int at(Terminal terminal) const {
    return terminal == Terminal::kDrain ? drain : terminal == Terminal::kGate ? gate : source;
  }
};

struct Pin {
  int device = 0;
  Terminal terminal = Terminal::kDrain;
};

enum class Rail { kNone, kTop, kBottom };

/// Devices in parallel are merged; those that are shorted or always off are left out; MOS transistors whose drain,
/// source and body are one net are capacitors; drain and source change places where the rails say so.
struct Graph {
  std::vector<std::string> nets;
  std::vector<Rail> rails;  ///< Per net.
  std::vector<Device> devices;
  std::vector<std::vector<Pin>> pins;  ///< Per net; pins of amplifiers are gates and drains.
  std::vector<bool> is_port;           ///< Per net: at a port of the cell.

  bool is_rail(int net) const { return net != kNoNet && rails[net] != Rail::kNone; }
  /// The rail that transistors of that polarity have their source at.
  static Rail source_rail(bool is_n) { return is_n ? Rail::kBottom : Rail::kTop; }
  bool at_source_rail(const Device& device) const { return rails[device.source] == source_rail(device.is_n); }

  /// Devices with that terminal at the net.
  std::vector<int> devices_at(int net, Terminal terminal) const;
  /// Transistors like `device` with that terminal at the net, itself left out.
  std::vector<int> like(int device, Terminal terminal, int net) const;
  /// Nothing but gates and capacitors: what sets its voltage is outside.
  bool is_undriven(int net) const;
  /// More than one end of something that a direct current flows through, an amplifier's output, or a way out.
  bool carries_current(int net) const;
  /// The net that is no rail of the greatest fitness, which must be positive; kNoNet if none is. Of equals the first by
  /// name: the order of the components is to mean nothing.
  int fittest_net(const std::function<int(int net)>& fitness) const;
};

/// `description` has names (with_names()).
Graph graph_of(const CircuitDescription& description);

}  // namespace exturbo::circuit
