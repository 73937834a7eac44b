// A cell with its sizes: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "sized_cell.hpp"

#include <algorithm>

#include "exturbo/core/text.hpp"

namespace exturbo::agents {
namespace {

/// The value of a parameter by its case-blind name, or "".
std::string parameter(const circuit::Component& component, const std::string& key) {
  for (const auto& [name, value] : component.parameters) {
    if (core::lower_case(name) == key) return value;
  }
  return "";
}

std::string without_braces(const std::string& text) {
  return text.size() > 2 && text.front() == '{' && text.back() == '}' ? text.substr(1, text.size() - 2) : text;
}

std::string port(const circuit::Component& component, const std::string& name) {
  const auto found = component.ports.find(name);
  return found == component.ports.end() ? "" : core::lower_case(found->second);
}

}  // namespace

SizedCell::SizedCell(const problem::Problem& problem, const circuit::CircuitDescription& description)
    : problem_(problem) {
  values_ = problem.parameters;
  for (const problem::Variable& variable : problem.variables) values_[variable.name] = 0;
  for (const auto& [name, value] : values_) places_[core::lower_case(name)] = &value;
  // Addresses into these are kept: they never grow again.
  const std::size_t count = description.components.size();
  mos_.reserve(count);
  multipliers_.reserve(count);
  finger_widths_.reserve(count);
  resistors_.reserve(count);
  capacitors_.reserve(count);
  for (const circuit::Component& component : description.components) {
    if (component.type == "NMOS" || component.type == "PMOS") {
      SizedMos mos;
      mos.name = component.name;
      mos.type = component.type == "PMOS" ? "pmos" : "nmos";
      mos.drain = add_net(port(component, "Drain"));
      mos.gate = add_net(port(component, "Gate"));
      mos.source = add_net(port(component, "Source"));
      const std::string body = port(component, "Body");
      mos.body = body.empty() ? mos.source : add_net(body);
      mos_.push_back(mos);
      multipliers_.push_back(1);
      finger_widths_.push_back(0);
      bind(&finger_widths_.back(), component, "w", 1, 0);
      bind(&mos_.back().length, component, "l", 1, 0);
      bind(&multipliers_.back(), component, "m", 1, 1);
    } else if (component.type == "Res" || component.type == "Cap") {
      auto& list = component.type == "Res" ? resistors_ : capacitors_;
      list.push_back({component.name, add_net(port(component, "Pos")), add_net(port(component, "Neg")), 0});
      bind(&list.back().value, component, component.type == "Res" ? "r" : "c", 1, 0);
    }
  }
}

std::size_t SizedCell::add_net(const std::string& name) {
  const std::size_t known = net(name);
  if (known == nets_.size()) nets_.push_back(name);
  return known;
}

std::size_t SizedCell::net(const std::string& name) const {
  return static_cast<std::size_t>(std::find(nets_.begin(), nets_.end(), core::lower_case(name)) - nets_.begin());
}

void SizedCell::bind(double* target, const circuit::Component& component, const std::string& key, double unit,
                     double fallback) {
  const std::string text = without_braces(parameter(component, key));
  *target = fallback;
  if (text.empty()) {
    if (fallback == 0) faults_.push_back(component.name + " gives no " + key);
    return;
  }
  try {
    bindings_.push_back({target, problem::CompiledExpression(core::lower_case(text), places_), unit});
  } catch (const problem::ExpressionError& error) {
    faults_.push_back(component.name + ": " + error.what());
  }
}

void SizedCell::size(const std::vector<double>& free_values) {
  for (const auto& [name, value] : problem::complete_variables(problem_, free_values)) values_[name] = value;
  for (const Binding& binding : bindings_) *binding.target = binding.expression.value() * binding.unit;
  for (std::size_t i = 0; i < mos_.size(); ++i) mos_[i].width = finger_widths_[i] * multipliers_[i];
}

}  // namespace exturbo::agents
