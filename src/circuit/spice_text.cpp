// SPICE text of a circuit description: see netlist.hpp.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "element.hpp"
#include "exturbo/circuit/netlist.hpp"
#include "exturbo/core/text.hpp"
#include "exturbo/spice/netlist_check.hpp"
#include "found.hpp"

namespace exturbo::circuit {
namespace {

/// Nets as SPICE can name them, one for each: other characters than letters, digits and _ . # + - become _, and a
/// number follows what then means the same but for case. "gnd" is SPICE's "0", so the two do not live side by side.
class NetNames {
 public:
  const std::string& operator()(const std::string& net) {
    const auto [known, is_new] = names_.try_emplace(net);
    if (!is_new) return known->second;
    std::string name = net;
    for (char& c : name) {
      const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 ||
                         std::string_view("_.#+-").find(c) != std::string_view::npos;
      if (!plain) c = '_';
    }
    const auto folded = [](const std::string& text) { return is_ground(text) ? "0" : core::lower_case(text); };
    std::string unique = name;
    for (int i = 2; !taken_.insert(folded(unique)).second; ++i) unique = name + "_" + std::to_string(i);
    return known->second = unique;
  }

 private:
  std::map<std::string, std::string> names_;
  std::set<std::string> taken_;
};

/// The key whose value SPICE writes without a key, by type.
std::string main_key(const std::string& type) {
  static const std::map<std::string, std::string> kKeys{
      {"Res", "R"}, {"Cap", "C"}, {"Ind", "L"}, {"Current", "I"}, {"Voltage", "V"}};
  const auto found = kKeys.find(type);
  return found == kKeys.end() ? "" : found->second;
}

/// First letter of an element of that type.
char letter_of(const std::string& type) {
  if (type == "NMOS" || type == "PMOS") return 'M';
  if (type == "NPN" || type == "PNP") return 'Q';
  if (type == "Diode") return 'D';
  const std::string key = main_key(type);
  return key.empty() ? 'X' : key[0];
}

/// Nets at the ports of a circuit that names none: rails but SPICE's ground, inputs and biases from outside, outputs.
std::vector<std::string> outer_nets(const CircuitDescription& description) {
  const Found found = find_all(description);
  const Graph& graph = found.graph;
  std::set<int> outer(found.outputs.begin(), found.outputs.end());
  for (int net = 0; net < static_cast<int>(graph.nets.size()); ++net) {
    if (graph.is_rail(net) || graph.is_undriven(net) || graph.pins[net].size() == 1) outer.insert(net);
  }
  std::vector<std::string> result;
  for (const int net : outer) {
    if (!graph.pins[net].empty() && !is_ground(graph.nets[net])) result.push_back(graph.nets[net]);
  }
  return result;
}

class SpiceWriter {
 public:
  explicit SpiceWriter(const CircuitDescription& named) : description_(named) {
    // Rails by their own spelling first: "0" stays "0".
    for (const Component& component : named.components) {
      for (const auto& [port, net] : component.ports) {
        if (is_ground(net)) nets_(net);
      }
    }
    for (const std::string& port : named.ports) nets_(port);
    find_supplies();
  }

  std::vector<std::string> write() {
    std::vector<std::string> ports = description_.ports.empty() ? outer_nets(description_) : description_.ports;
    std::erase_if(ports, is_ground);
    std::vector<std::string> elements;
    std::vector<std::string> comments;
    for (const Component& component : description_.components) {
      if (component.type == "Vdd" || component.type == "Gnd") {
        comments.push_back("*.SUPPLY " + component.type + " " + nets_(component.ports.at("Port")));
      } else {
        elements.push_back(element(component));
      }
    }
    for (const std::string& name : bare_) comments.push_back("*.NOBODY " + name);
    std::vector<std::string> lines = std::move(comments);
    const std::string cell = description_.cell.empty() ? "circuit" : nets_(description_.cell);
    if (!ports.empty()) {
      std::string head = ".subckt " + cell;
      for (const std::string& port : ports) head += " " + nets_(port);
      elements.insert(elements.begin(), head);
      elements.push_back(".ends " + cell);
    }
    lines.insert(lines.end(), elements.begin(), elements.end());
    return lines;
  }

 private:
  /// The net that bodies of either polarity are at: the one with the most sources among the rails of that side.
  void find_supplies() {
    const Graph graph = graph_of(description_);
    std::map<Rail, std::size_t> most;
    for (std::size_t net = 0; net < graph.nets.size(); ++net) {
      const Rail rail = graph.rails[net];
      if (rail == Rail::kNone || graph.pins[net].size() <= most[rail]) continue;
      most[rail] = graph.pins[net].size();
      supplies_[rail] = graph.nets[net];
    }
  }

  std::string element(const Component& component) {
    const char letter = letter_of(component.type);
    std::string name = component.name;
    // A dot leads through subcircuits and has to stay; the first letter says what it is.
    if (std::toupper(static_cast<unsigned char>(name[0])) != letter || name.find('.') != std::string::npos)
      name = letter + ("_" + name);
    std::replace(name.begin(), name.end(), '.', '_');
    std::string unique = name;
    for (int i = 2; !names_.insert(core::lower_case(unique)).second; ++i) unique = name + "_" + std::to_string(i);
    std::string line = unique;
    for (const char* port : ports_in_order(component.type)) line += " " + nets_(net_at(component, port, unique));
    std::string key = main_key(component.type);
    const auto value = component.parameters.find(key);
    if (!key.empty()) {
      const bool known =
          value != component.parameters.end() && spice::check_netlist({"R1 a b " + value->second}, "").empty();
      line += " " + (known ? value->second : "{" + core::lower_case(unique) + "}");
    } else {
      line += " " + model_of(component.type);
    }
    for (const auto& [parameter, text] : component.parameters) {
      const std::string longer = line + " " + parameter + "=" + text;
      // A parameter that a description may have and a netlist may not is left out.
      if (parameter != key && spice::check_netlist({longer}, "").empty()) line = longer;
    }
    return line;
  }

  static std::string model_of(const std::string& type) {
    if (type.ends_with("_amp") || type == "Switch") return type;
    return type == "Diode" ? "d" : core::lower_case(type);
  }

  static std::vector<const char*> ports_in_order(const std::string& type) {
    if (type == "NMOS" || type == "PMOS") return {"Drain", "Gate", "Source", "Body"};
    if (type == "NPN" || type == "PNP") return {"Collector", "Base", "Emitter"};
    std::vector<const char*> ports;
    for (const std::string& port : find_component_type(type)->ports) ports.push_back(port.c_str());
    return ports;
  }

  std::string net_at(const Component& component, const std::string& port, const std::string& element_name) {
    const auto found = component.ports.find(port);
    if (found != component.ports.end()) return found->second;
    bare_.push_back(element_name);
    const auto supply = supplies_.find(Graph::source_rail(component.type == "NMOS"));
    return supply == supplies_.end() ? component.ports.at("Source") : supply->second;
  }

  const CircuitDescription& description_;
  NetNames nets_;
  std::map<Rail, std::string> supplies_;
  std::set<std::string> names_;
  std::vector<std::string> bare_;
};

}  // namespace

std::vector<std::string> to_spice(const CircuitDescription& description) {
  const CircuitDescription named = with_names(description);
  return SpiceWriter(named).write();
}

}  // namespace exturbo::circuit
