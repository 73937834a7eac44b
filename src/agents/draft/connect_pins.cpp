// Pins of a cell by its connections: see draft_topology.hpp.
// SPDX-License-Identifier: BSD-3-Clause
//
// Supplies, pairs and outputs are those that module circuit recognises. It has no word for what a port is to a bench
// that is neither supply nor signal, and no bodies: biases and wells are told here, by the terminals at a port.
#include <algorithm>
#include <set>

#include "draft_topology.hpp"

namespace exturbo::agents {
namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// How often a net is at which terminal, by polarity: NMOS, PMOS.
struct Terminals {
  int drain[2] = {0, 0}, gate[2] = {0, 0}, source[2] = {0, 0}, body[2] = {0, 0};

  bool is_gate_only() const { return gate[0] + gate[1] > 0 && drain[0] + drain[1] + source[0] + source[1] == 0; }
  bool is_free_of_gates() const { return gate[0] + gate[1] == 0; }
};

std::map<std::string, Terminals> terminals_of(const circuit::CircuitDescription& description) {
  std::map<std::string, Terminals> nets;
  for (const circuit::Component& component : description.components) {
    if (component.type != "NMOS" && component.type != "PMOS") continue;
    const int pmos = component.type == "PMOS" ? 1 : 0;
    ++nets[component.ports.at("Drain")].drain[pmos];
    ++nets[component.ports.at("Gate")].gate[pmos];
    ++nets[component.ports.at("Source")].source[pmos];
    if (const auto body = component.ports.find("Body"); body != component.ports.end()) ++nets[body->second].body[pmos];
  }
  return nets;
}

class Connector {
 public:
  Connector(const DraftCell& cell, const DraftTopology& topology, const circuit::Recognition& recognised,
            const std::vector<std::string>& needed, DraftPins& pins)
      : cell_(cell), recognised_(recognised), needed_(needed), pins_(pins), nets_(terminals_of(topology.description)) {}

  void run() {
    for (const std::string& port : cell_.ports) {
      if (!is_open(port)) continue;
      if (contains(recognised_.supplies, port)) pins_.roles[port] = "vdd";
      if (contains(recognised_.grounds, port)) pins_.roles[port] = "vss";
    }
    connect_inputs();
    connect_outputs();
    for (const std::string& port : cell_.ports) {
      if (is_open(port)) connect_bias(port);
    }
  }

 private:
  bool is_open(const std::string& port) const { return contains(cell_.ports, port) && !pins_.roles.contains(port); }
  bool is_missing(const std::string& role) const { return contains(needed_, role) && pins_.port(role).empty(); }
  bool is_gate_only(const std::string& port) const {
    const auto at = nets_.find(port);
    return at != nets_.end() && at->second.is_gate_only();
  }

  void connect_inputs() {
    for (const circuit::Block& block : recognised_.blocks) {
      if (block.type != "differential_pair" || !is_gate_only(block.nets[1]) || !is_gate_only(block.nets[2])) continue;
      connect_pair(block.nets[1], block.nets[2]);
    }
    for (const char* role : {"inp", "inn", "in"}) {
      std::vector<std::string> open;
      std::copy_if(cell_.ports.begin(), cell_.ports.end(), std::back_inserter(open), [&](const std::string& port) {
        // A part with two ends may lead an input in; that is too little to tell one by.
        return is_open(port) && nets_.contains(port) && contains(recognised_.inputs, port);
      });
      if (is_missing(role) && open.size() == 1) pins_.roles[open[0]] = role;
    }
  }

  void connect_pair(const std::string& a, const std::string& b) {
    if (is_missing("inp") && is_missing("inn") && is_open(a) && is_open(b)) {
      pins_.roles[a] = "inp";
      pins_.roles[b] = "inn";
    }
    // Where one input is named the other one is its partner.
    for (const auto& [named, partner] : {std::pair{a, b}, std::pair{b, a}}) {
      for (const auto& [known, sought] : {std::pair{"inp", "inn"}, std::pair{"inn", "inp"}}) {
        if (is_missing(sought) && named == pins_.port(known) && is_open(partner)) pins_.roles[partner] = sought;
      }
    }
  }

  void connect_outputs() {
    std::vector<std::string> open;
    std::copy_if(cell_.ports.begin(), cell_.ports.end(), std::back_inserter(open),
                 [&](const std::string& port) { return is_open(port) && contains(recognised_.outputs, port); });
    if (is_missing("out") && open.size() == 1) pins_.roles[open[0]] = "out";
    for (const char* role : {"outp", "outn"}) {
      if (is_missing(role) && (open.size() == 1 || (open.size() == 2 && is_missing("outn")))) {
        pins_.roles[open[0]] = role;
        open.erase(open.begin());
      }
    }
  }

  void connect_bias(const std::string& port) {
    const auto found = nets_.find(port);
    if (found == nets_.end()) return;
    const Terminals& at = found->second;
    // A second supply, or a well of its own.
    if (at.is_free_of_gates() && at.drain[0] + at.drain[1] == 0) {
      const int nmos = at.source[0] + at.body[0], pmos = at.source[1] + at.body[1];
      if (pmos > 0 && nmos == 0) pins_.roles[port] = "vdd";
      if (nmos > 0 && pmos == 0) pins_.roles[port] = "vss";
    }
    if (at.is_gate_only()) pins_.roles[port] = "bias_voltage";
    // A reference that the cell mirrors: its diode, or the cascode at its drain.
    if (!at.is_free_of_gates() && at.drain[0] > 0 && at.drain[1] == 0) pins_.roles[port] = "bias_current_in";
    if (!at.is_free_of_gates() && at.drain[1] > 0 && at.drain[0] == 0) pins_.roles[port] = "bias_current_out";
  }

  const DraftCell& cell_;
  const circuit::Recognition& recognised_;
  const std::vector<std::string>& needed_;
  DraftPins& pins_;
  const std::map<std::string, Terminals> nets_;
};

}  // namespace

void connect_pins(const DraftCell& cell, const DraftTopology& topology, const circuit::Recognition& recognised,
                  const std::vector<std::string>& needed, DraftPins& pins) {
  Connector(cell, topology, recognised, needed, pins).run();
}

}  // namespace exturbo::agents
