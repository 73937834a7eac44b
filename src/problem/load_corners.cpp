// Parameters and corners of a problem JSON.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>

#include "exturbo/core/number.hpp"
#include "exturbo/problem/corners.hpp"
#include "exturbo/problem/expression.hpp"
#include "load_parts.hpp"

namespace exturbo::problem {
namespace {

constexpr std::size_t kMostCorners = 1000;

/// A parameter given as "{expression}"; its text without the braces, or nothing.
std::optional<std::string> expression_text(const JsonPlace& place) {
  if (!place.value().is_string()) return std::nullopt;
  const std::string& text = place.value().get_ref<const std::string&>();
  if (text.size() < 3 || text.front() != '{' || text.find_first_of("{}", 1) != text.size() - 1) return std::nullopt;
  return text.substr(1, text.size() - 2);
}

/// Values of the parameters that are expressions, once all are read.
void evaluate_expressions(const JsonPlace& parameters, Problem& problem) {
  const std::string hint = "use numbers and other parameters, such as \"{vdd/2}\"";
  bool good = true;
  for (const auto& [name, expression] : problem.parameter_expressions) {
    try {
      std::string unknown;
      for (const std::string& used : expression_names(expression)) {
        if (!problem.parameters.contains(used)) unknown += (unknown.empty() ? "" : ", ") + used;
      }
      if (!unknown.empty()) throw ExpressionError("'" + expression + "' uses what is no parameter: " + unknown);
    } catch (const ExpressionError& error) {
      parameters.at(name).fault("PRB-003", error.what(), hint);
      good = false;
    }
  }
  if (!good) return;
  try {
    problem.parameters = evaluate_parameters(problem, {});
  } catch (const ExpressionError& error) {
    parameters.fault("PRB-003", error.what(), hint);
  }
}

/// The values at `key`: one, or an array of them; `otherwise` if there is no such key.
std::vector<JsonPlace> one_or_more(const JsonPlace& place, const std::string& key) {
  if (!place.has(key)) return {};
  const JsonPlace at = place.at(key);
  if (!at.value().is_array()) return {at};
  if (at.value().empty()) at.fault("JSN-016", "must hold at least one value", "remove it, or write a value");
  return at.elements();
}

std::vector<std::string> read_processes(const JsonPlace& place) {
  std::vector<std::string> names;
  for (const JsonPlace& at : one_or_more(place, "process")) names.push_back(at.text().value_or("tt"));
  return names.empty() ? std::vector<std::string>{"tt"} : names;
}

std::vector<double> read_temperatures(const JsonPlace& place) {
  std::vector<double> values;
  for (const JsonPlace& at : one_or_more(place, "temperature")) {
    const double value = at.number().value_or(27);
    if (value < -273.15 || value > 400)
      at.fault("PRB-030", "temperature must lie in [-273.15, 400] degrees Celsius", "give it in degrees Celsius");
    values.push_back(value);
  }
  return values.empty() ? std::vector<double>{27} : values;
}

std::vector<double> read_supplies(const JsonPlace& place, const Problem& problem) {
  std::vector<double> values;
  for (const JsonPlace& at : one_or_more(place, "supply")) {
    const double value = at.number().value_or(1);
    if (!(value > 0)) at.fault("PRB-034", "a share of the supply must be positive", "write 0.95 for 5 % less");
    values.push_back(value);
  }
  if (!values.empty() && !problem.parameters.contains(kSupplyParameter))
    place.at("supply").fault("PRB-036", "the problem has no parameter \"vdd\", the supply voltage",
                             "add it to /parameters and use {vdd} in the testbenches");
  return values.empty() ? std::vector<double>{1} : values;
}

std::map<std::string, double> read_changes(const JsonPlace& place, const Problem& problem) {
  std::map<std::string, double> changes;
  if (!place.has("parameters") || !place.at("parameters").is_object("parameters")) return changes;
  for (const auto& [name, value] : place.at("parameters").members()) {
    if (!problem.parameters.contains(name)) {
      value.fault("PRB-031", "unknown parameter \"" + name + "\"",
                  "a corner can only change parameters of /parameters");
    }
    if (const auto number = value.number()) changes[name] = *number;
  }
  return changes;
}

/// An entry of the list: one corner, or all combinations where it gives arrays.
void read_corner(const JsonPlace& place, Problem& problem) {
  if (!place.is_object("a corner")) return;
  place.allow_keys({"name", "process", "temperature", "supply", "parameters"});
  const auto processes = read_processes(place);
  const auto temperatures = read_temperatures(place);
  const auto supplies = read_supplies(place, problem);
  const auto changes = read_changes(place, problem);
  const auto given = place.text("name");
  const std::size_t count = processes.size() * temperatures.size() * supplies.size();
  if (problem.corners.size() + count > kMostCorners) {
    place.fault("PRB-035", "more than 1000 corners", "list those that matter");
    return;
  }
  for (const std::string& process : processes) {
    for (const double temperature : temperatures) {
      for (const double supply : supplies) {
        Corner corner{process + "_" + core::format_exact(temperature) + "C", process, temperature, changes};
        try {
          corner = make_corner(problem, process, temperature, supply, changes);
        } catch (const ExpressionError&) {
          // Told where the parameter is given.
        }
        if (given) corner.name = count == 1 ? *given : *given + "_" + corner.name;
        if (std::any_of(problem.corners.begin(), problem.corners.end(),
                        [&](const Corner& other) { return other.name == corner.name; })) {
          place.fault("PRB-032", "two corners are named \"" + corner.name + "\"", "give each a \"name\" of its own");
        }
        problem.corners.push_back(std::move(corner));
      }
    }
  }
}

}  // namespace

void read_parameters(const JsonPlace& root, Problem& problem) {
  if (!root.has("parameters") || !root.at("parameters").is_object("parameters")) return;
  const JsonPlace parameters = root.at("parameters");
  for (const auto& [name, place] : parameters.members()) {
    check_name(name, place, "parameter");
    if (const auto expression = expression_text(place)) {
      problem.parameter_expressions[name] = *expression;
      problem.parameters[name] = 0;  // until all are read
    } else if (const auto value = place.number()) {
      problem.parameters[name] = *value;
    }
  }
  evaluate_expressions(parameters, problem);
}

void read_corners(const JsonPlace& root, Problem& problem) {
  if (root.has("corners") && root.at("corners").is_array("corners")) {
    for (const JsonPlace& place : root.at("corners").elements()) read_corner(place, problem);
  }
  if (problem.corners.empty()) {
    problem.corners.push_back({"tt_27C", "tt", 27, {}});
  }
}

void check_process_corners(const JsonPlace& root, const Process& process) {
  if (!root.has("corners")) return;
  for (const JsonPlace& place : root.at("corners").elements()) {
    for (const JsonPlace& at : one_or_more(place, "process")) {
      if (!at.value().is_string() || process.corners.contains(*at.text())) continue;
      std::string known;
      for (const auto& [corner, changes] : process.corners) known += (known.empty() ? "" : ", ") + corner;
      at.fault("PRB-033", process.name + " has no process corner \"" + *at.text() + "\"", "known: " + known);
    }
  }
}

}  // namespace exturbo::problem
