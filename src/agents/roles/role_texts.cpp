// What the roles are told: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "role_texts.hpp"

#include <array>
#include <cmath>
#include <cstdio>

#include "exturbo/core/number.hpp"
#include "exturbo/core/text.hpp"
#include "problem/variable_uses.hpp"
#include "prompt.hpp"

namespace exturbo::agents {
namespace {

using run::Json;

constexpr int kDigits = 3;

/// Three digits: plain where that reads best (a share of 0.85 is not 850m), else with a suffix.
std::string number(double value) {
  if (std::abs(value) < 0.01 || std::abs(value) >= 1000) return core::format_number(value, kDigits);
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.*g", kDigits, value);
  return text.data();
}

/// A member as a number; 0 if it is none.
double value_at(const Json& json, const char* key) {
  return json.is_object() && json.contains(key) && json.at(key).is_number() ? json.at(key).get<double>() : 0;
}

/// Millivolts, whole.
std::string millivolts(const Json& device, const char* key) {
  return std::to_string(std::lround(1000 * value_at(device, key))) + "m";
}

std::string variable_line(const problem::Variable& variable, const KnownNames& names) {
  const auto unit = names.units.find(variable.name);
  const auto uses = names.uses.find(variable.name);
  std::string line = "- " + variable.name + ": " + number(variable.min) + " to " + number(variable.max);
  if (unit != names.units.end() && !unit->second.empty()) line += " " + unit->second;
  if (variable.integer) {
    line += ", whole";
  } else if (variable.grid > 0) {
    line += ", in steps of " + number(variable.grid);
  }
  if (variable.scale == problem::Scale::kLog) line += ", logarithmic";
  if (uses != names.uses.end()) line += "; " + uses->second;
  return line + "\n";
}

std::string device_line(const std::string& name, const problem::DeviceSize& size, const Json& device) {
  constexpr double kOff = 1e-12;  // A: below, a ratio to the current says nothing
  const double current = std::abs(value_at(device, "id"));
  std::string line = "- " + name + ":";
  if (size.width && size.length) line += " W/L " + number(*size.width) + "/" + number(*size.length) + ",";
  line += " " + device.value("region", "") + ", ID " + number(current < kOff ? 0 : current);
  if (current >= kOff) {
    line += ", gm/ID " + number(value_at(device, "gm") / current);
    if (value_at(device, "gds") > 0) line += ", gm/gds " + number(value_at(device, "gm") / value_at(device, "gds"));
  }
  for (const char* key : {"vgs", "vds", "vdsat", "margin"})
    line += ", " + std::string(key) + " " + millivolts(device, key);
  return line + "\n";
}

}  // namespace

std::string problem_text(const problem::Problem& problem, const KnownNames& names) {
  std::string text = "Name: " + problem.name + "\n";
  if (!problem.evaluator) {
    text +=
        "Process: " + problem.process.description + "; smallest length " + number(problem.process.min_length) + " m\n";
    text += "Parameters:";
    for (const auto& [name, value] : problem.parameters) text += " " + name + "=" + number(value);
    text += "\nCorners: " + std::to_string(problem.corners.size()) + "\n";
  }
  text += "Variables:\n";
  for (const problem::Variable* variable : problem.free_variables()) text += variable_line(*variable, names);
  text += "Specs:\n";
  for (const problem::Spec& spec : problem.specs) {
    const problem::MetricDefinition* metric = problem.metric(spec.metric);
    text += "- " + spec.metric + ":";
    if (spec.min) text += " at least " + number(*spec.min);
    if (spec.max) text += " at most " + number(*spec.max);
    text += (metric != nullptr && !metric->unit.empty() ? " " + metric->unit : "") + "\n";
  }
  return text + "Minimise: " + problem.objective.metric;
}

std::string circuit_text(const problem::Problem& problem, const std::string& circuit_json) {
  std::string netlist;
  for (const std::string& line : problem.netlist_lines) netlist += line + "\n";
  std::string text =
      netlist.empty() ? "There is no netlist: a program evaluates the designs.\n" : fenced("netlist", netlist);
  if (!circuit_json.empty()) text += "\n\n" + fenced("description", circuit_json);
  return text;
}

std::string values_text(const std::map<std::string, double>& values) {
  std::string text;
  for (const auto& [name, value] : values) text += (text.empty() ? "" : " ") + name + "=" + core::format_number(value);
  return text;
}

std::string missed_specs(const Json& outcome) {
  std::string text;
  for (const Json& spec : outcome.value("specs", Json::array())) {
    if (!spec.value("met", false)) text += (text.empty() ? "" : ", ") + spec.value("metric", "");
  }
  return text;
}

std::string outcome_text(const problem::Problem& problem, const Json& outcome) {
  std::string text = "Cost J " + number(value_at(outcome, "cost"));
  if (outcome.contains("reason"))
    text += "; the simulation failed: " + core::one_line(outcome.value("reason", ""), 300);
  text += "\nSpecs:\n";
  for (const Json& spec : outcome.value("specs", Json::array())) {
    const bool measured = spec.contains("value") && spec.at("value").is_number();
    double value = value_at(spec, "value");
    const double bound = std::max(std::abs(value_at(spec, "min")), std::abs(value_at(spec, "max")));
    if (std::abs(value) < 1e-3 * bound) value = 0;  // what is left of a cancellation is noise
    text += "- " + spec.value("metric", "") + ": " + (measured ? number(value) : "not measurable");
    if (spec.contains("min")) text += ", at least " + number(value_at(spec, "min"));
    if (spec.contains("max")) text += ", at most " + number(value_at(spec, "max"));
    text += std::string(spec.value("met", false) ? ", met" : ", MISSED") + "\n";
  }
  const Json best = outcome.value("best", Json::object());
  const Json corners = best.value("corners", Json::object());
  if (corners.empty() || !corners.begin()->contains("operating_points")) return text;
  std::map<std::string, double> values = problem.parameters;
  const Json variables = best.value("variables", Json::object());
  for (const auto& [name, value] : variables.items()) {
    if (value.is_number()) values[name] = value.get<double>();
  }
  const auto sizes =
      problem::device_sizes(problem::netlist_elements(problem.netlist_lines), values, problem.process.devices);
  text += "Sizes (m) and operating points (A, 1/V, V):\n";
  for (const auto& [name, device] : corners.begin()->at("operating_points").items()) {
    const auto size = sizes.find(problem::upper(name));
    text += device_line(name, size == sizes.end() ? problem::DeviceSize{} : size->second, device);
  }
  return text;
}

}  // namespace exturbo::agents
