// One element line of a netlist: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "element.hpp"

#include <algorithm>
#include <cctype>
#include <functional>

#include "exturbo/core/number.hpp"
#include "exturbo/core/text.hpp"

namespace exturbo::circuit {
namespace {

/// Words of a line: its name, what stands alone, and key=value.
struct Line {
  std::string name;
  std::vector<std::string> words;                            ///< Without the name.
  std::vector<std::pair<std::string, std::string>> options;  ///< Keys in lower case.
};

Line split(const std::vector<std::string>& words) {
  Line line{words[0], {}, {}};
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::size_t equals = words[i].find('=');
    const bool braced = words[i][0] == '{' || words[i][0] == '\'';
    if (equals == std::string::npos || braced) {
      if (core::lower_case(words[i]) != "params:") line.words.push_back(words[i]);
    } else {
      line.options.emplace_back(core::lower_case(words[i].substr(0, equals)), words[i].substr(equals + 1));
    }
  }
  return line;
}

bool is_value(const std::string& word) {
  return word[0] == '{' || word[0] == '\'' || core::parse_number(word).has_value();
}

ElementResult fault(const std::string& id, const std::string& what, const std::string& hint) {
  return {std::nullopt, {id, what, hint}};
}

ElementResult unknown_element(const Line& line) {
  return fault("CKT-013", "'" + line.name + "' is an element that a description has no component for",
               "described are M Q D R C L S I V, linear E and G, and X");
}

/// Keys as a description spells them: W and L of transistors in capitals, the others small.
std::string parameter_name(const std::string& key, const problem::Device* device) {
  const std::string width = device != nullptr ? device->width : "w";
  const std::string length = device != nullptr ? device->length : "l";
  if (key == width) return "W";
  if (key == length) return "L";
  if (device != nullptr && key == device->multiplier) return "m";
  if (device != nullptr && key == device->fingers) return "nf";
  return key;
}

void read_transistor_options(const Line& line, const ElementContext& context, const problem::Device* device,
                             Component& component) {
  for (const auto& [key, value] : line.options) {
    const std::string name = parameter_name(key, device);
    std::string text = value_text(value, context.scope);
    const bool scaled = device != nullptr && device->unit != 1 && (name == "W" || name == "L");
    if (scaled && !text.empty()) text = product(text, core::format_exact(device->unit));
    if (!text.empty()) component.parameters[name] = text;
  }
}

/// A transistor with its nodes in the order of SPICE; `device`: what the process says of its model, or null.
ElementResult transistor(const std::string& type, const Line& line, const ElementContext& context,
                         const problem::Device* device) {
  Component component{
      type,
      {{"Drain", line.words[0]}, {"Gate", line.words[1]}, {"Source", line.words[2]}, {"Body", line.words[3]}},
      "",
      {}};
  read_transistor_options(line, context, device, component);
  return {component, {}};
}

ElementResult mos(const Line& line, const ElementContext& context) {
  if (line.words.size() < 5) return fault("CKT-015", "'" + line.name + "' has too few nodes", "write M d g s b model");
  const std::string model = core::lower_case(line.words[4]);
  const std::string type = mos_type(model, context.cards, context.process, NameRule::kFirstLetter);
  if (type.empty())
    return fault("CKT-012", "model '" + model + "' of '" + line.name + "' is neither NMOS nor PMOS as far as is known",
                 "add its .model line or name the process");
  return transistor(type, line, context, find_device(model, context.process));
}

ElementResult bipolar(const Line& line, const ElementContext& context) {
  // Q c b e [substrate] model [area] [off]: the model is the last word that is no number.
  std::vector<std::string> words = line.words;
  std::string area;
  while (words.size() > 4 && (is_value(words.back()) || core::lower_case(words.back()) == "off")) {
    if (is_value(words.back())) area = words.back();
    words.pop_back();
  }
  if (words.size() != 4 && words.size() != 5)
    return fault("CKT-015", "'" + line.name + "' has too few nodes", "write Q c b e model");
  const std::string model = core::lower_case(words.back());
  const std::string type = bipolar_type(model, context.cards);
  if (type.empty())
    return fault("CKT-012", "model '" + model + "' of '" + line.name + "' is neither NPN nor PNP as far as is known",
                 "add its .model line");
  Component component{type, {{"Collector", words[0]}, {"Base", words[1]}, {"Emitter", words[2]}}, "", {}};
  if (!area.empty()) component.parameters["area"] = value_text(area, context.scope);
  read_transistor_options(line, context, nullptr, component);
  return {component, {}};
}

/// R, C, L, I, V: two nodes and a value, which may have a key ("dc 1", "r=1k").
ElementResult two_terminal(const Line& line, const ElementContext& context, const char* type, const char* plus,
                           const char* minus, const std::string& key) {
  if (line.words.size() < 2) return fault("CKT-015", "'" + line.name + "' has too few nodes", "it takes two");
  Component component{type, {{plus, line.words[0]}, {minus, line.words[1]}}, "", {}};
  for (std::size_t i = 2; i < line.words.size(); ++i) {
    const std::string word = core::lower_case(line.words[i]);
    if (word == "dc") continue;
    if (is_value(word)) component.parameters[key] = value_text(line.words[i], context.scope);
    if ((key == "I" || key == "V") || is_value(word)) break;  // what follows is no DC value
  }
  const bool is_source = key == "I" || key == "V";
  for (const auto& [name, value] : line.options) {
    const bool is_main = core::lower_case(key) == name || (name == "dc" && is_source);
    const std::string text = value_text(value, context.scope);
    if (!text.empty() && (is_main || !is_source)) component.parameters[is_main ? key : name] = text;
  }
  return {component, {}};
}

/// Linear E and G sources: an ideal amplifier, single-ended where one side is at ground.
ElementResult amplifier(const Line& line, const ElementContext& context) {
  if (line.words.size() != 5 || !is_value(line.words[4]) || !line.options.empty()) return unknown_element(line);
  const std::vector<std::string>& node = line.words;
  const char* key = std::tolower(static_cast<unsigned char>(line.name[0])) == 'e' ? "gain" : "gm";
  Component component{"Dido_amp", {}, "", {{key, value_text(node[4], context.scope)}}};
  if (!is_ground(node[1])) {
    component.ports = {{"OutP", node[0]}, {"OutN", node[1]}, {"InP", node[2]}, {"InN", node[3]}};
  } else if (is_ground(node[3]) && !is_ground(node[2])) {
    component.type = "Siso_amp";
    component.ports = {{"Out", node[0]}, {"In", node[2]}};
  } else {
    component.type = "Diso_amp";
    component.ports = {{"Out", node[0]}, {"InP", node[2]}, {"InN", node[3]}};
  }
  return {component, {}};
}

/// An instance of a subcircuit that is not defined: a transistor of the process, or a component called by its type.
ElementResult instance(const Line& line, const ElementContext& context) {
  if (line.words.empty()) return unknown_element(line);
  const std::string cell = core::lower_case(line.words.back());
  const std::size_t nodes = line.words.size() - 1;
  for (const ComponentType& type : component_types()) {
    if (core::lower_case(type.name) != cell) continue;
    const std::size_t all = type.ports.size() + type.optional_ports.size();
    if (nodes < type.ports.size() || nodes > all) {
      return fault("CKT-015",
                   "'" + line.name + "' has " + std::to_string(nodes) + " nodes, a " + type.name + " has " +
                       std::to_string(type.ports.size()),
                   "give a node for each port");
    }
    Component component{type.name, {}, "", {}};
    for (std::size_t i = 0; i < nodes; ++i) {
      const bool optional = i >= type.ports.size();
      component.ports[optional ? type.optional_ports[i - type.ports.size()] : type.ports[i]] = line.words[i];
    }
    read_transistor_options(line, context, nullptr, component);
    return {component, {}};
  }
  const std::string type = mos_type(cell, context.cards, context.process, NameRule::kWholeWord);
  if (!type.empty() && nodes == 4) return transistor(type, line, context, find_device(cell, context.process));
  return fault("CKT-014", "'" + line.name + "' is an instance of '" + cell + "', which is not defined",
               "define it, name the process, or call an ideal part by its type: Siso_amp, Diso_amp, Dido_amp, Switch");
}

}  // namespace

bool is_ground(const std::string& net) { return net == "0" || core::lower_case(net) == "gnd"; }

ElementResult read_element(const std::vector<std::string>& words, const ElementContext& context) {
  Line line = split(words);
  switch (std::tolower(static_cast<unsigned char>(line.name[0]))) {
    case 'm':
      return mos(line, context);
    case 'q':
      return bipolar(line, context);
    case 'd':
      return two_terminal(line, context, "Diode", "In", "Out", "area");
    case 'r':
      return two_terminal(line, context, "Res", "Pos", "Neg", "R");
    case 'c':
      return two_terminal(line, context, "Cap", "Pos", "Neg", "C");
    case 'l':
      return two_terminal(line, context, "Ind", "Pos", "Neg", "L");
    case 'i':
      return two_terminal(line, context, "Current", "In", "Out", "I");
    case 'v':
      return two_terminal(line, context, "Voltage", "Positive", "Negative", "V");
    case 's':
      if (line.words.size() > 2) line.words.resize(2);  // the rest controls it
      return two_terminal(line, context, "Switch", "Pos", "Neg", "");
    case 'e':
    case 'g':
      return amplifier(line, context);
    case 'x':
      return instance(line, context);
    default:
      return unknown_element(line);
  }
}

}  // namespace exturbo::circuit
