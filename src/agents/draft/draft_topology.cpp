// A cell as module circuit reads it: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "draft_topology.hpp"

#include <algorithm>
#include <set>

#include "exturbo/circuit/netlist.hpp"
#include "exturbo/core/text.hpp"
#include "spice/netlist_text.hpp"

namespace exturbo::agents {
namespace {

/// Elements of the cell by the names that expanding its subcircuits gives them.
class ElementNames {
 public:
  ElementNames(const DraftCell& cell, const std::vector<DraftElement>& elements) {
    std::set<std::string> cells;
    for (const DraftLine& line : cell.lines) cells.insert(line.subcircuit);
    for (std::size_t i = 0; i < elements.size(); ++i)
      inside_[cell.lines[elements[i].line].subcircuit].elements.emplace_back(elements[i].words[0], i);
    for (const DraftLine& line : cell.lines) {
      const std::vector<std::string> words = line.is_comment() ? std::vector<std::string>{} : spice::words(line.text);
      if (words.empty() || words[0][0] != 'x') continue;
      const std::string inner = spice::instantiated(words);
      if (cells.contains(inner)) inside_[line.subcircuit].instances.emplace_back(words[0], inner);
    }
  }

  /// Depth and number are bounded: circuit::read_netlist() has expanded the same.
  void add(const std::string& cell, const std::string& prefix, std::map<std::string, std::size_t>& names) {
    const Inside& inside = inside_[cell];
    for (const auto& [name, index] : inside.elements) names[prefix + name] = index;
    for (const auto& [name, inner] : inside.instances) add(inner, prefix + name + ".", names);
  }

 private:
  struct Inside {
    std::vector<std::pair<std::string, std::size_t>> elements;
    std::vector<std::pair<std::string, std::string>> instances;  ///< Name, cell.
  };
  std::map<std::string, Inside> inside_;
};

/// The cell on one line a statement, behind it the cards that say which models are NMOS and which PMOS.
std::vector<std::string> text_of(const DraftCell& cell) {
  std::vector<std::string> lines;
  for (const DraftLine& line : cell.lines) lines.push_back(line.text);
  for (const auto& [model, type] : cell.mos_cards) lines.push_back(".model " + model + " " + type);
  return lines;
}

/// True for what is wrong with an element that a draft can do without: there is no component for it.
bool may_be_left_out(const core::Fault& fault, const std::string& line) {
  static const std::set<std::string> kNoComponent{"CKT-013", "CKT-014", "CKT-018"};
  return kNoComponent.contains(fault.id) && line[0] != 'm' && line[0] != 'M';
}

void to_lower_case(circuit::CircuitDescription& description) {
  for (std::string& port : description.ports) port = core::lower_case(port);
  for (circuit::Component& component : description.components) {
    component.name = core::lower_case(component.name);
    for (auto& [port, net] : component.ports) net = core::lower_case(net);
  }
}

}  // namespace

DraftTopology read_topology(const DraftCell& cell, const std::vector<DraftElement>& elements,
                            const problem::Process& process, std::vector<std::string>& notes,
                            std::vector<core::Fault>& faults) {
  std::vector<std::string> text = text_of(cell);
  circuit::CircuitDescriptionResult read = circuit::read_netlist(text, cell.file, cell.name, &process);
  std::vector<core::Fault> found;
  bool is_whole = true;
  for (core::Fault& fault : read.faults) {
    const std::size_t index = fault.place.starts_with("line ") ? std::stoul(fault.place.substr(5)) - 1 : text.size();
    if (index < cell.lines.size() && may_be_left_out(fault, cell.lines[index].text)) {
      notes.push_back(fault.what + ": left out where devices are matched");
      text[index].clear();
      is_whole = false;
      continue;
    }
    fault.place = index < cell.lines.size() ? "line " + std::to_string(cell.lines[index].line) : "";
    found.push_back(std::move(fault));
  }
  problem::name_sources(cell.places, cell.file, found);
  faults.insert(faults.end(), found.begin(), found.end());
  if (!found.empty()) return {};
  if (!is_whole) read = circuit::read_netlist(text, cell.file, cell.name, &process);
  DraftTopology topology{std::move(read.description), {}, {}};
  to_lower_case(topology.description);
  ElementNames(cell, elements).add(cell.subcircuit, "", topology.elements);
  for (const circuit::Component& component : topology.description.components) {
    const auto element = topology.elements.find(component.name);
    if (element != topology.elements.end() && elements[element->second].is_mos())
      topology.polarity[elements[element->second].model] = core::lower_case(component.type);
  }
  return topology;
}

circuit::Recognition recognise(const DraftTopology& topology, const DraftPins& pins) {
  circuit::CircuitDescription description = topology.description;
  for (const auto& [port, role] : pins.roles) {
    if (role == "vdd" || role == "vss")
      description.components.push_back({role == "vdd" ? "Vdd" : "Gnd", {{"Port", port}}, "", {}});
  }
  return circuit::recognise(description);
}

DraftGroups find_groups(const DraftTopology& topology, const circuit::Recognition& recognised) {
  /// Each element once, in the order of the names.
  const auto elements_of = [&](const std::vector<std::string>& names) {
    std::vector<std::size_t> indices;
    for (const std::string& name : names) {
      const auto found = topology.elements.find(name);
      if (found != topology.elements.end() && std::find(indices.begin(), indices.end(), found->second) == indices.end())
        indices.push_back(found->second);
    }
    return indices;
  };
  DraftGroups groups;
  for (const std::vector<std::string>& names : recognised.matching) {
    std::vector<std::size_t> group = elements_of(names);
    std::sort(group.begin(), group.end());
    if (group.size() > 1) groups.matched.push_back(std::move(group));
  }
  for (const circuit::Block& block : recognised.blocks) {
    if (block.type != "current_mirror") continue;
    std::vector<std::size_t> mirror = elements_of(block.devices);
    if (mirror.size() > 1) groups.mirrors.push_back(std::move(mirror));
  }
  return groups;
}

}  // namespace exturbo::agents
