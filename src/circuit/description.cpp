// Circuit descriptions: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/circuit/description.hpp"

#include <algorithm>
#include <cctype>
#include <set>

#include "exturbo/core/number.hpp"
#include "exturbo/core/text.hpp"
#include "problem/json_reader.hpp"

namespace exturbo::circuit {
namespace {

using problem::Json;
using problem::JsonPlace;

constexpr std::size_t kMaxText = 4 << 20;
constexpr std::size_t kMaxName = 64;
constexpr std::size_t kMaxExpression = 200;

bool all_of(const std::string& text, bool (*good)(unsigned char)) {
  return std::all_of(text.begin(), text.end(), [&](char c) { return good(static_cast<unsigned char>(c)); });
}

/// Schematics name nets with + - ! $ \ and ', so that anything printable is a net.
bool is_net(const std::string& text) {
  return !text.empty() && text.size() <= kMaxName && all_of(text, [](unsigned char c) { return c > ' ' && c <= '~'; });
}

/// Dots lead through subcircuits: "XB.M3".
bool is_instance_name(const std::string& text) {
  return !text.empty() && text.size() <= kMaxName && std::isalpha(static_cast<unsigned char>(text[0])) != 0 &&
         all_of(text, [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '.'; });
}

bool is_parameter_name(const std::string& text) {
  return is_instance_name(text) && text.find('.') == std::string::npos;
}

/// "{w1/2}": the braces alone make it an expression; what is in them is for the one who evaluates it.
bool is_expression(const std::string& text) {
  return text.size() > 2 && text.size() <= kMaxExpression && text.front() == '{' && text.back() == '}' &&
         text.find_first_of("{}", 1) == text.size() - 1 &&
         all_of(text, [](unsigned char c) { return c >= ' ' && c <= '~'; });
}

/// A hint with the name that differs by case only, else the closest one, else all.
std::string choose_hint(const std::string& name, const std::vector<std::string>& known) {
  const auto same = std::find_if(known.begin(), known.end(), [&](const std::string& one) {
    return core::lower_case(one) == core::lower_case(name);
  });
  const std::string closest = same != known.end() ? *same : core::closest_name(name, known);
  if (!closest.empty()) return "did you mean \"" + closest + "\"?";
  std::string all;
  for (const std::string& one : known) all += (all.empty() ? "" : ", ") + one;
  return "known: " + all;
}

std::map<std::string, std::string> read_ports(const JsonPlace& place, const ComponentType& type) {
  std::map<std::string, std::string> ports;
  std::vector<std::string> known = type.ports;
  known.insert(known.end(), type.optional_ports.begin(), type.optional_ports.end());
  for (const auto& [port, net] : place.members()) {
    if (std::find(known.begin(), known.end(), port) == known.end()) {
      net.fault("CKT-003", "a " + type.name + " has no port \"" + port + "\"", choose_hint(port, known));
      continue;
    }
    const auto name = net.text();
    if (!name) continue;
    if (!is_net(*name)) {
      net.fault("CKT-005", net.value().dump() + " is not a name for a net",
                "use 1 to 64 printable characters of ASCII without blanks");
      continue;
    }
    ports[port] = *name;
  }
  for (const std::string& port : type.ports) {
    if (!place.has(port))
      place.fault("CKT-004", "the port \"" + port + "\" of the " + type.name + " is missing", "connect it to a net");
  }
  return ports;
}

std::map<std::string, std::string> read_parameters(const JsonPlace& place) {
  std::map<std::string, std::string> parameters;
  for (const auto& [name, value] : place.members()) {
    if (!is_parameter_name(name)) {
      value.fault("CKT-006", "not a name for a parameter", "use letters, digits and _, a letter first, at most 64");
    } else if (value.value().is_string() && is_expression(value.value().get_ref<const std::string&>())) {
      parameters[name] = value.value().get<std::string>();
    } else if (const auto number = value.number()) {
      parameters[name] = value.value().is_string() ? value.value().get<std::string>() : core::format_exact(*number);
    }
  }
  return parameters;
}

Component read_component(const JsonPlace& place) {
  Component component;
  place.allow_keys({"component_type", "port_connection", "name", "parameters"});
  const ComponentType* type = nullptr;
  if (const auto name = place.required_text("component_type")) {
    component.type = *name;
    type = find_component_type(*name);
    if (type == nullptr) {
      std::vector<std::string> known;
      for (const ComponentType& one : component_types()) known.push_back(one.name);
      place.at("component_type")
          .fault("CKT-002", "unknown component type \"" + *name + "\"", choose_hint(*name, known));
    }
  }
  if (!place.has("port_connection")) {
    place.fault("JSN-005", "key \"port_connection\" is missing", "add the nets at the ports");
  } else if (place.at("port_connection").is_object("port_connection") && type != nullptr) {
    component.ports = read_ports(place.at("port_connection"), *type);
  }
  component.name = place.text("name").value_or("");
  if (place.has("name") && place.at("name").value().is_string() && !is_instance_name(component.name))
    place.at("name").fault("CKT-006", place.at("name").value().dump() + " is not a name for a component",
                           "use letters, digits, _ and ., a letter first, at most 64");
  if (place.has("parameters") && place.at("parameters").is_object("parameters"))
    component.parameters = read_parameters(place.at("parameters"));
  return component;
}

void read_components(const JsonPlace& root, CircuitDescription& description) {
  if (!root.has("ckt_netlist")) {
    root.fault("JSN-005", "key \"ckt_netlist\" is missing", "add an array of components");
    return;
  }
  if (!root.at("ckt_netlist").is_array("ckt_netlist")) return;
  std::set<std::string> names;
  for (const JsonPlace& place : root.at("ckt_netlist").elements()) {
    if (!place.is_object("a component")) continue;
    Component component = read_component(place);
    if (!component.name.empty() && !names.insert(core::lower_case(component.name)).second)
      place.at("name").fault("CKT-007", "a second component named \"" + component.name + "\"",
                             "rename one; SPICE does not tell upper from lower case");
    description.components.push_back(std::move(component));
  }
}

}  // namespace

const std::vector<ComponentType>& component_types() {
  static const std::vector<ComponentType> kTypes{
      {"NMOS", {"Drain", "Gate", "Source"}, {"Body"}},
      {"PMOS", {"Drain", "Gate", "Source"}, {"Body"}},
      {"NPN", {"Base", "Collector", "Emitter"}, {}},
      {"PNP", {"Base", "Collector", "Emitter"}, {}},
      {"Diode", {"In", "Out"}, {}},
      {"Res", {"Pos", "Neg"}, {}},
      {"Cap", {"Pos", "Neg"}, {}},
      {"Ind", {"Pos", "Neg"}, {}},
      {"Switch", {"Pos", "Neg"}, {}},
      {"Current", {"In", "Out"}, {}},
      {"Voltage", {"Positive", "Negative"}, {}},
      {"Siso_amp", {"In", "Out"}, {}},
      {"Diso_amp", {"InP", "InN", "Out"}, {}},
      {"Dido_amp", {"InP", "InN", "OutP", "OutN"}, {}},
      {"Vdd", {"Port"}, {}},
      {"Gnd", {"Port"}, {}},
  };
  return kTypes;
}

const ComponentType* find_component_type(std::string_view name) {
  const auto& all = component_types();
  const auto found = std::find_if(all.begin(), all.end(), [&](const ComponentType& type) { return type.name == name; });
  return found == all.end() ? nullptr : &*found;
}

const std::vector<std::string>& circuit_types() {
  static const std::vector<std::string> kTypes{"SISO-Amplifier", "DISO-Amplifier", "DIDO-Amplifier", "Bandgap", "LDO",
                                               "Comparator",     "Other"};
  return kTypes;
}

CircuitDescriptionResult read_circuit_description(const std::string& text, const std::string& file) {
  CircuitDescriptionResult result;
  if (text.size() > kMaxText) {
    result.faults.push_back({"FIL-001", file, "", "larger than 4 MiB", "such a text is no description of a circuit"});
    return result;
  }
  const auto document = problem::parse_json_text(text, file, result.faults);
  if (!document) return result;
  const JsonPlace root(*document, "", file, result.faults);
  if (!root.is_object("a circuit description")) return result;
  root.allow_keys({"ckt_type", "ckt_netlist"});
  if (const auto type = root.required_text("ckt_type")) {
    result.description.type = *type;
    const auto& known = circuit_types();
    if (std::find(known.begin(), known.end(), *type) == known.end())
      root.at("ckt_type").fault("CKT-001", "unknown circuit type \"" + *type + "\"", choose_hint(*type, known));
  }
  read_components(root, result.description);
  return result;
}

std::string to_json(const CircuitDescription& description) {
  Json components = Json::array();
  for (const Component& component : description.components) {
    Json one{{"component_type", component.type}, {"port_connection", component.ports}};
    if (!component.name.empty()) one["name"] = component.name;
    if (!component.parameters.empty()) one["parameters"] = component.parameters;
    components.push_back(std::move(one));
  }
  return Json{{"ckt_type", description.type}, {"ckt_netlist", components}}.dump(2) + "\n";
}

}  // namespace exturbo::circuit
