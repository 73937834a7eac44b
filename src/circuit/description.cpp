// Circuit descriptions: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/circuit/description.hpp"

#include <algorithm>
#include <set>

#include "description_json.hpp"
#include "exturbo/core/number.hpp"
#include "exturbo/core/text.hpp"
#include "form.hpp"
#include "problem/json_reader.hpp"

namespace exturbo::circuit {
namespace {

using problem::Json;
using problem::JsonPlace;

constexpr std::size_t kMaxText = 4 << 20;

const std::string kNetHint = "use 1 to 64 printable characters of ASCII without blanks";

/// Elements of an array that may be absent.
std::vector<JsonPlace> list(const JsonPlace& place, const std::string& key) {
  if (!place.has(key) || !place.at(key).is_array(key)) return {};
  return place.at(key).elements();
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
      net.fault("CKT-005", net.value().dump() + " is not a name for a net", kNetHint);
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

void read_cell(const JsonPlace& root, CircuitDescription& description) {
  description.cell = root.text("cell").value_or("");
  if (root.has("cell") && root.at("cell").value().is_string() && !is_net(description.cell))
    root.at("cell").fault("CKT-006", root.at("cell").value().dump() + " is not a name for a cell", kNetHint);
  for (const JsonPlace& place : list(root, "ports")) {
    const auto net = place.text();
    if (net && !is_net(*net)) place.fault("CKT-005", place.value().dump() + " is not a name for a net", kNetHint);
    if (net) description.ports.push_back(*net);
  }
}

/// Each of a list of names is text: what it says follows from the components.
void check_names(const std::vector<JsonPlace>& names) {
  for (const JsonPlace& name : names) name.text();
}

void check_recognition(const JsonPlace& root) {
  for (const JsonPlace& block : list(root, "blocks")) {
    if (!block.is_object("a block")) continue;
    block.allow_keys({"type", "devices", "nets"});
    for (const char* key : {"type", "devices", "nets"}) block.require(key);
    const auto type = block.text("type");
    const auto& known = block_types();
    if (type && std::find(known.begin(), known.end(), *type) == known.end())
      block.at("type").fault("CKT-008", "unknown block type \"" + *type + "\"", choose_hint(*type, known));
    check_names(list(block, "devices"));
    check_names(list(block, "nets"));
  }
  for (const JsonPlace& group : list(root, "matching")) {
    if (group.is_array("a matching group")) check_names(group.elements());
  }
  check_names(list(root, "signal_path"));
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

const std::vector<std::string>& block_types() {
  static const std::vector<std::string> kTypes{"differential_pair", "current_mirror", "cascode",
                                               "tail_source",       "bias_chain",     "class_ab_control",
                                               "output_stage",      "compensation",   "diode_load"};
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
  root.allow_keys({"ckt_type", "ckt_netlist", "cell", "ports", "blocks", "matching", "signal_path"});
  if (const auto type = root.required_text("ckt_type")) {
    result.description.type = *type;
    const auto& known = circuit_types();
    if (std::find(known.begin(), known.end(), *type) == known.end())
      root.at("ckt_type").fault("CKT-001", "unknown circuit type \"" + *type + "\"", choose_hint(*type, known));
  }
  read_components(root, result.description);
  read_cell(root, result.description);
  check_recognition(root);
  return result;
}

std::string to_json(const CircuitDescription& description) { return json_of(description).dump(2) + "\n"; }

Json json_of(const CircuitDescription& description) {
  Json components = Json::array();
  for (const Component& component : description.components) {
    Json one{{"component_type", component.type}, {"port_connection", component.ports}};
    if (!component.name.empty()) one["name"] = component.name;
    if (!component.parameters.empty()) one["parameters"] = component.parameters;
    components.push_back(std::move(one));
  }
  Json json{{"ckt_type", description.type}, {"ckt_netlist", components}};
  if (!description.cell.empty()) json["cell"] = description.cell;
  if (!description.ports.empty()) json["ports"] = description.ports;
  return json;
}

}  // namespace exturbo::circuit
