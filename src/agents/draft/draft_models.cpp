// Transistors of a drafted cell: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "draft_models.hpp"

#include <algorithm>

#include "exturbo/core/number.hpp"
#include "spice/netlist_names.hpp"
#include "spice/netlist_text.hpp"

namespace exturbo::agents {

void check_names(const DraftCell& cell, std::vector<core::Fault>& faults) {
  std::vector<std::string> text;
  for (const DraftLine& line : cell.lines) text.push_back(line.text);
  std::vector<core::Fault> found;
  for (const auto& [name, line] : spice::netlist_names(text).used) {
    if (!spice::is_reserved_name(name) || spice::is_built_in_value(name)) continue;
    found.push_back({"INI-018", cell.file,
                     "line " + std::to_string(cell.lines[static_cast<std::size_t>(line) - 1].line),
                     "'" + name + "' is a function or an operator to ngspice and cannot be a size or parameter",
                     "rename it in the netlist: " + name + "_1"});
  }
  problem::name_sources(cell.places, cell.file, found);
  faults.insert(faults.end(), found.begin(), found.end());
}

void check_units(const DraftCell& cell, const std::vector<DraftElement>& elements, std::vector<core::Fault>& faults) {
  constexpr double kMostLength = 1e-3, kMostWidth = 0.1;  // m
  std::vector<core::Fault> found;
  for (const DraftElement& element : elements) {
    for (const ElementValue& value : element.values) {
      const auto number = core::parse_number(bare_expression(value.text));
      if (!number || (value.quantity != Quantity::kWidth && value.quantity != Quantity::kLength)) continue;
      if (*number > 0 && *number < (value.quantity == Quantity::kWidth ? kMostWidth : kMostLength)) continue;
      found.push_back({"INI-016", cell.file, "line " + std::to_string(cell.lines[element.line].line),
                       element.name + " has " + value.key + "=" + value.text + ", in metres",
                       "write the unit: " + value.key + "=" + value.text + "u"});
    }
  }
  problem::name_sources(cell.places, cell.file, found);
  faults.insert(faults.end(), found.begin(), found.end());
}

void use_process_models(DraftCell& cell, std::vector<DraftElement>& elements, const problem::Process& process,
                        const std::map<std::string, std::string>& polarity) {
  for (DraftElement& element : elements) {
    if (!element.is_mos()) continue;
    const std::string& type = polarity.at(element.model);
    const auto device = process.devices.find(element.model);
    if (device != process.devices.end() && device->second.type == type) continue;
    element.words[5] = type == "nmos" ? process.nmos : process.pmos;
    std::string text = element.name;
    for (std::size_t i = 1; i < element.words.size(); ++i) text += " " + element.words[i];
    cell.lines[element.line].text = text;
  }
}

void use_library_form(DraftCell& cell, const std::vector<DraftElement>& elements, const problem::Process& process) {
  for (const DraftElement& element : elements) {
    const auto found = element.is_mos() ? process.devices.find(element.words[5]) : process.devices.end();
    if (found == process.devices.end() || !found->second.is_subcircuit) continue;
    const problem::Device& device = found->second;
    const std::map<std::string, std::string> names{
        {"w", device.width}, {"l", device.length}, {"m", device.multiplier}, {"nf", device.fingers}};
    const std::vector<std::string> words = spice::words(cell.lines[element.line].text);
    std::string text = "X" + element.name;
    for (std::size_t i = 1; i < words.size(); ++i) {
      const std::size_t equals = std::min(words[i].find('='), words[i].size());
      const std::string key = words[i].substr(0, equals);
      const auto name = names.find(key);
      if (i <= 5) {
        text += " " + words[i];
      } else if (name != names.end()) {
        const std::string value = words[i].substr(equals + 1);
        const bool is_size = (key == "w" || key == "l") && device.unit != 1;
        text += " " + name->second + "=" +
                (is_size ? "{(" + bare_expression(value) + ")/" + core::format_exact(device.unit) + "}" : value);
      }  // Areas and perimeters are the library's own.
    }
    cell.lines[element.line].text = text;
  }
}

}  // namespace exturbo::agents
