// Transistors of a cell and its pins: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "draft_topology.hpp"

#include <algorithm>

#include "spice/netlist_text.hpp"

namespace exturbo::agents {
namespace {

class Flattener {
 public:
  Flattener(const DraftCell& cell, const std::vector<DraftElement>& elements,
            const std::map<std::string, std::string>& polarity)
      : elements_(elements), polarity_(polarity), definitions_(spice::subcircuits(cell.source)) {
    for (std::size_t i = 0; i < elements.size(); ++i) {
      if (elements[i].is_mos()) inside_[cell.lines[elements[i].line].subcircuit].push_back(i);
    }
  }

  /// `nets` are those of the ports; depth and size are bounded by the check of the netlist.
  void add(const std::string& cell, const std::map<std::string, std::string>& nets, const std::string& prefix) {
    const auto net = [&](const std::string& name) {
      const auto port = nets.find(name);
      return port != nets.end() ? port->second : name == "0" ? name : prefix + name;
    };
    for (const std::size_t index : inside_[cell]) {
      const DraftElement& element = elements_[index];
      FlatMos mos{index, polarity_.at(element.model) == "pmos", {}};
      std::transform(element.nodes.begin(), element.nodes.end(), mos.nodes.begin(), net);
      transistors.push_back(std::move(mos));
    }
    for (const spice::Statement& statement : definitions_.at(cell).body) {
      const std::vector<std::string> parts = spice::words(statement.text);
      if (parts.empty() || parts[0][0] != 'x') continue;
      const auto inner = definitions_.find(spice::instantiated(parts));
      if (inner == definitions_.end()) continue;
      std::map<std::string, std::string> inner_nets;
      for (std::size_t i = 0; i < inner->second.ports.size() && i + 1 < parts.size(); ++i)
        inner_nets[inner->second.ports[i]] = net(parts[i + 1]);
      add(inner->first, inner_nets, prefix + parts[0] + ".");
    }
  }

  std::vector<FlatMos> transistors;

 private:
  const std::vector<DraftElement>& elements_;
  const std::map<std::string, std::string>& polarity_;
  const std::map<std::string, spice::Subcircuit> definitions_;
  std::map<std::string, std::vector<std::size_t>> inside_;
};

/// How often a net is at which terminal, by polarity.
struct Terminals {
  int drain[2] = {0, 0}, gate[2] = {0, 0}, source[2] = {0, 0}, bulk[2] = {0, 0};

  bool is_gate_only() const { return gate[0] + gate[1] > 0 && drain[0] + drain[1] + source[0] + source[1] == 0; }
  bool is_free_of_gates() const { return gate[0] + gate[1] == 0; }
};

std::map<std::string, Terminals> terminals_of(const std::vector<FlatMos>& transistors) {
  std::map<std::string, Terminals> nets;
  for (const FlatMos& mos : transistors) {
    ++nets[mos.drain()].drain[mos.pmos];
    ++nets[mos.gate()].gate[mos.pmos];
    ++nets[mos.source()].source[mos.pmos];
    ++nets[mos.bulk()].bulk[mos.pmos];
  }
  return nets;
}

}  // namespace

std::vector<FlatMos> flat_transistors(const DraftCell& cell, const std::vector<DraftElement>& elements,
                                      const std::map<std::string, std::string>& polarity) {
  Flattener flattener(cell, elements, polarity);
  std::map<std::string, std::string> ports;
  for (const std::string& port : cell.ports) ports[port] = port;
  flattener.add(cell.subcircuit, ports, "");
  return std::move(flattener.transistors);
}

void connect_pins(const DraftCell& cell, const std::vector<FlatMos>& transistors,
                  const std::vector<std::string>& needed, DraftPins& pins) {
  const std::map<std::string, Terminals> nets = terminals_of(transistors);
  const auto is_open = [&](const std::string& port) { return !pins.roles.contains(port) && nets.contains(port); };
  const auto is_missing = [&](const std::string& role) {
    return std::find(needed.begin(), needed.end(), role) != needed.end() && pins.port(role).empty();
  };
  // The supply is where most sources and bulks of one polarity are, and never a gate or the other polarity's drain.
  for (const int pmos : {1, 0}) {
    const char* role = pmos == 1 ? "vdd" : "vss";
    if (!is_missing(role)) continue;
    std::string best;
    int most = 0;
    for (const std::string& port : cell.ports) {
      if (!is_open(port)) continue;
      const Terminals& at = nets.at(port);
      const int count = at.source[pmos] + at.bulk[pmos];
      if (at.is_free_of_gates() && at.drain[1 - pmos] == 0 && count > most) {
        best = port;
        most = count;
      }
    }
    if (!best.empty()) pins.roles[best] = role;
  }
  // Transistors by source whose gate is a port and nothing else: of one source they are an input pair.
  std::map<std::pair<std::string, bool>, std::vector<std::string>> input_gates;
  const std::set<std::string> ports(cell.ports.begin(), cell.ports.end());
  for (const FlatMos& mos : transistors) {
    if (ports.contains(mos.gate()) && !ports.contains(mos.source()) && nets.at(mos.gate()).is_gate_only())
      input_gates[{mos.source(), mos.pmos}].push_back(mos.gate());
  }
  for (const auto& [source, gates] : input_gates) {
    const auto other = std::find_if(gates.begin(), gates.end(), [&](const auto& gate) { return gate != gates[0]; });
    if (other == gates.end()) continue;
    const std::pair<std::string, std::string> pair{gates[0], *other};
    if (is_missing("inp") && is_missing("inn") && is_open(pair.first) && is_open(pair.second)) {
      pins.roles[pair.first] = "inp";
      pins.roles[pair.second] = "inn";
    }
    // Where one input is named the other one is its partner.
    for (const auto& [named, partner] : {pair, std::pair{pair.second, pair.first}}) {
      for (const auto& [known, sought] : {std::pair{"inp", "inn"}, std::pair{"inn", "inp"}}) {
        if (is_missing(sought) && named == pins.port(known) && is_open(partner)) pins.roles[partner] = sought;
      }
    }
  }
  for (const char* role : {"inp", "inn", "in"}) {
    std::vector<std::string> gates;
    std::copy_if(cell.ports.begin(), cell.ports.end(), std::back_inserter(gates),
                 [&](const std::string& port) { return is_open(port) && nets.at(port).is_gate_only(); });
    if (is_missing(role) && gates.size() == 1) pins.roles[gates[0]] = role;
  }
  if (is_missing("out") || is_missing("outp") || is_missing("outn")) {
    std::vector<std::string> drains;
    for (const bool both : {true, false}) {
      if (!drains.empty()) break;
      std::copy_if(cell.ports.begin(), cell.ports.end(), std::back_inserter(drains), [&](const std::string& port) {
        if (!is_open(port) || !nets.at(port).is_free_of_gates()) return false;
        const Terminals& at = nets.at(port);
        return both ? at.drain[0] > 0 && at.drain[1] > 0 : at.drain[0] + at.drain[1] + at.source[0] + at.source[1] > 0;
      });
    }
    if (is_missing("out") && drains.size() == 1) pins.roles[drains[0]] = "out";
    for (const char* role : {"outp", "outn"}) {
      if (is_missing(role) && (drains.size() == 1 || (drains.size() == 2 && is_missing("outn")))) {
        pins.roles[drains[0]] = role;
        drains.erase(drains.begin());
      }
    }
  }
  for (const std::string& port : cell.ports) {
    if (!is_open(port)) continue;
    const Terminals& at = nets.at(port);
    // A second supply, or a well of its own.
    if (at.is_free_of_gates() && at.drain[0] + at.drain[1] == 0) {
      const int nmos = at.source[0] + at.bulk[0], pmos = at.source[1] + at.bulk[1];
      if (pmos > 0 && nmos == 0) pins.roles[port] = "vdd";
      if (nmos > 0 && pmos == 0) pins.roles[port] = "vss";
    }
    if (at.is_gate_only()) pins.roles[port] = "bias_voltage";
    // A reference that the cell mirrors: its diode, or the cascode at its drain.
    if (!at.is_free_of_gates() && at.drain[0] > 0 && at.drain[1] == 0) pins.roles[port] = "bias_current_in";
    if (!at.is_free_of_gates() && at.drain[1] > 0 && at.drain[0] == 0) pins.roles[port] = "bias_current_out";
  }
}

}  // namespace exturbo::agents
