// The variables of a problem JSON.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cctype>
#include <cmath>

#include "exturbo/problem/load.hpp"
#include "load_parts.hpp"

namespace exturbo::problem {
namespace {

/// In place of a tie that is no text: told already.
constexpr const char* kUnread = "?";

bool same_blind(const std::string& a, const std::string& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

void check_range(const Variable& variable, const JsonPlace& place) {
  if (variable.min >= variable.max) {
    place.fault("PRB-011", "min must be below max", "swap or correct them, or make it a parameter if it is fixed");
  }
  if (variable.scale == Scale::kLog && variable.min <= 0) {
    place.at("min").fault("PRB-012", "a log scale needs min > 0", "raise min or use \"scale\": \"linear\"");
  }
  if (variable.grid < 0)
    place.at("grid").fault("PRB-013", "grid must not be negative", "leave it out for a continuous variable");
  if (variable.grid > 0 && variable.max > variable.min &&
      std::floor(variable.max / variable.grid + 1e-9) < std::ceil(variable.min / variable.grid - 1e-9)) {
    place.fault("PRB-014", "no multiple of the grid lies between min and max", "use a finer grid");
  }
  if (variable.start && (*variable.start < variable.min || *variable.start > variable.max)) {
    place.at("start").fault("PRB-015", "start must lie between min and max", "correct it or leave it out");
  }
}

Variable read_variable(const std::string& name, const JsonPlace& place) {
  Variable variable;
  variable.name = name;
  check_name(name, place, "variable");
  if (!place.is_object("a variable")) return variable;
  place.allow_keys({"min", "max", "scale", "grid", "integer", "tie", "ratio", "start", "note"});
  place.text("note");
  if (place.has("tie")) {
    const auto tie = place.at("tie").text();
    variable.tie = tie.value_or(kUnread);
    if (tie && tie->empty())
      place.at("tie").fault("PRB-025", "names no variable",
                            "name the free variable that this one follows, or leave tie out");
    variable.ratio = place.number("ratio").value_or(1);
    if (!(variable.ratio > 0)) place.at("ratio").fault("PRB-016", "ratio must be positive", "correct it");
    for (const char* key : {"min", "max", "scale", "grid", "integer", "start"}) {
      if (place.has(key))
        place.at(key).fault("PRB-017", std::string("a tied variable has no ") + key, "remove it, or remove the tie");
    }
    return variable;
  }
  if (place.has("ratio"))
    place.at("ratio").fault("PRB-018", "ratio without tie", "add \"tie\": the variable that this one follows");
  const std::size_t before = place.faults().size();
  variable.min = place.required_number("min").value_or(0);
  variable.max = place.required_number("max").value_or(0);
  if (const auto scale = place.text("scale")) {
    if (*scale == "log") {
      variable.scale = Scale::kLog;
    } else if (*scale != "linear") {
      place.at("scale").fault("PRB-019", "unknown scale \"" + *scale + "\"", "use \"linear\" or \"log\"");
    }
  }
  variable.grid = place.number("grid").value_or(0);
  if (place.has("integer")) variable.integer = place.at("integer").boolean().value_or(false);
  if (variable.integer && variable.grid > 0 && variable.grid != std::round(variable.grid)) {
    place.at("grid").fault("PRB-024", "the grid of an integer must be a whole number",
                           "leave it out, or leave integer out");
  }
  if (variable.integer) variable.grid = std::max(1.0, std::round(variable.grid));
  variable.start = place.number("start");
  if (place.faults().size() == before) check_range(variable, place);
  return variable;
}

}  // namespace

void read_variables(const JsonPlace& root, Problem& problem) {
  if (!root.has("variables")) {
    root.fault("JSN-005", "key \"variables\" is missing", "add it: there must be something to size");
    return;
  }
  const JsonPlace variables = root.at("variables");
  if (!variables.is_object("variables")) return;
  std::vector<std::string> names;
  for (const auto& [name, place] : variables.members()) {
    for (const std::string& other : names) {
      if (same_blind(name, other))
        place.fault("PRB-010", "differs from \"" + other + "\" only by case, which SPICE does not see", "rename one");
    }
    for (const auto& [parameter, value] : problem.parameters) {
      if (same_blind(name, parameter))
        place.fault("PRB-010", "is also a parameter", "a name is either fixed or sized: remove one");
    }
    names.push_back(name);
    problem.variables.push_back(read_variable(name, place));
  }
  for (const Variable& variable : problem.variables) {
    if (variable.is_free()) continue;
    const JsonPlace tie = variables.at(variable.name).at("tie");
    if (variable.tie == kUnread) continue;
    const auto target = std::find_if(problem.variables.begin(), problem.variables.end(),
                                     [&](const Variable& v) { return v.name == variable.tie; });
    if (target == problem.variables.end()) {
      const std::string closest = core::closest_name(variable.tie, names);
      tie.fault("PRB-020", "unknown variable \"" + variable.tie + "\"",
                closest.empty() ? "tie to a variable of this problem" : "did you mean \"" + closest + "\"?");
    } else if (!target->is_free()) {
      tie.fault("PRB-021", "\"" + variable.tie + "\" is tied itself", "tie to a free variable");
    }
  }
  if (problem.free_variables().empty()) variables.fault("PRB-022", "no free variable", "add one with min and max");
  if (problem.free_variables().size() > 1000)
    variables.fault("PRB-023", "more than 1000 free variables", "size the circuit block by block");
}

std::map<std::string, double> load_variables(const std::filesystem::path& file, const Problem& problem) {
  std::vector<core::Fault> faults;
  std::map<std::string, double> values;
  if (const auto document = parse_json_file(file, faults)) {
    JsonPlace place(*document, "", file.string(), faults);
    if (place.has("best")) place = place.at("best");
    if (place.has("variables")) place = place.at("variables");
    std::vector<std::string> names;
    for (const Variable& variable : problem.variables) names.push_back(variable.name);
    if (place.is_object("variables")) {
      for (const auto& [name, value] : place.members()) {
        const auto variable = std::find_if(problem.variables.begin(), problem.variables.end(),
                                           [&name = name](const Variable& v) { return v.name == name; });
        if (variable == problem.variables.end()) {
          const std::string closest = core::closest_name(name, names);
          value.fault("VAR-001", "\"" + name + "\" is no variable of the problem",
                      closest.empty() ? "leave it out" : "did you mean \"" + closest + "\"?");
        } else if (const auto number = value.number(); number && variable->is_free()) {
          values[name] = *number;
        }
      }
    }
  }
  if (!faults.empty()) throw core::InputError(std::move(faults));
  return values;
}

}  // namespace exturbo::problem
