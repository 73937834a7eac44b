// Sources at the ports of a cell: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "draft_biases.hpp"

#include <algorithm>
#include <cctype>

#include "draft_ranges.hpp"

namespace exturbo::agents {
namespace {

/// Where a gate may sit, as shares of the supply: a threshold and some from the rail of its device, and further off for
/// one that does not stand on the rail.
void set_gate_range(DraftVariable& variable, const std::string& port, const DraftTopology& topology,
                    const DraftPins& pins, double supply) {
  bool nmos = false, pmos = false, on_rail = false;
  for (const circuit::Component& mos : topology.description.components) {
    if ((mos.type != "NMOS" && mos.type != "PMOS") || mos.ports.at("Gate") != port) continue;
    (mos.type == "PMOS" ? pmos : nmos) = true;
    const auto role = pins.roles.find(mos.ports.at("Source"));
    on_rail = on_rail || (role != pins.roles.end() && (role->second == "vdd" || role->second == "vss"));
  }
  if (nmos == pmos) return;
  const double low = on_rail ? 0.2 : 0.3, high = on_rail ? 0.6 : 0.9;
  variable.min = supply * (nmos ? low : 1 - high);
  variable.max = supply * (nmos ? high : 1 - low);
}

}  // namespace

std::vector<Bias> biases_of(const DraftCell& cell, const DraftPins& pins, const DraftTopology& topology,
                            const RangeBasis& basis, const std::vector<DraftVariable>& variables) {
  std::vector<Bias> biases;
  for (const std::string& port : cell.ports) {
    const std::string& role = pins.roles.at(port);
    if (!role.starts_with("bias_")) continue;
    Bias bias;
    bias.port = port;
    std::string name = port;
    for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
    bias.node = "b_" + name;
    const bool voltage = role == "bias_voltage";
    bias.variable.name = (voltage ? "v_" : "i_") + name;
    while (std::any_of(variables.begin(), variables.end(),
                       [&](const DraftVariable& other) { return other.name == bias.variable.name; }))
      bias.variable.name += "_port";
    bias.variable.quantity = voltage ? Quantity::kVoltage : Quantity::kCurrent;
    set_range(bias.variable, {}, basis, {});
    if (voltage) set_gate_range(bias.variable, port, topology, pins, basis.process->supply);
    bias.variable.note =
        std::string(voltage ? "voltage" : "current") + " at the port " + port + ", made by the benches";
    const std::string value = " DC {" + bias.variable.name + "}";
    bias.line = role == "bias_current_in"    ? "I" + bias.node + " vdd " + bias.node + value
                : role == "bias_current_out" ? "I" + bias.node + " " + bias.node + " 0" + value
                                             : "V" + bias.node + " " + bias.node + " 0" + value;
    biases.push_back(std::move(bias));
  }
  return biases;
}

}  // namespace exturbo::agents
