// Names that answers may use: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "known_names.hpp"

#include "exturbo/core/text.hpp"
#include "problem/json_reader.hpp"
#include "problem/variable_uses.hpp"

namespace exturbo::agents {

KnownNames known_names(const problem::Problem& problem, const std::string& circuit_json) {
  KnownNames names;
  std::vector<std::string> variables;
  for (const problem::Variable* variable : problem.free_variables()) {
    names.variables[core::lower_case(variable->name)] = variable;
    variables.push_back(variable->name);
  }
  const auto elements = problem::netlist_elements(problem.netlist_lines);
  for (const problem::Element& element : elements) names.devices[core::lower_case(element.name)] = element.name;
  for (const auto& [variable, uses] : problem::variable_uses(elements, variables)) {
    names.units[variable] = uses.unit;
    names.uses[variable] = uses.text();
  }
  std::vector<core::Fault> faults;
  const auto circuit = problem::parse_json_text(circuit_json, "circuit", faults);
  if (circuit && circuit->is_object() && circuit->contains("ckt_netlist")) {
    for (const auto& component : circuit->at("ckt_netlist")) {
      if (!component.is_object() || !component.contains("name") || !component.at("name").is_string()) continue;
      const auto name = component.at("name").get<std::string>();
      names.devices.emplace(core::lower_case(name), name);
    }
  }
  return names;
}

}  // namespace exturbo::agents
