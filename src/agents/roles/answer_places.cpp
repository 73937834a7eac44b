// Parts of answers: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "answer_places.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "exturbo/core/number.hpp"
#include "exturbo/core/text.hpp"

namespace exturbo::agents {
namespace {

using problem::JsonPlace;

constexpr std::size_t kMaxLine = 1000;
constexpr std::size_t kMaxName = 80;

/// The letters behind number and SPICE suffix: "2.5um" -> "m", "10meg" -> "", lower case.
std::string unit_letters(const std::string& text) {
  std::size_t end = text.find_last_not_of(" \t") + 1;
  std::size_t begin = end;
  while (begin > 0 && std::isalpha(static_cast<unsigned char>(text[begin - 1])) != 0) --begin;
  // The "e" of an exponent has digits behind it and so is never reached from the end.
  std::string letters = core::lower_case(text.substr(begin, end - begin));
  for (const char* suffix : {"meg", "mil", "t", "g", "k", "m", "u", "n", "p", "f", "a"}) {
    if (letters.starts_with(suffix)) return letters.substr(std::string(suffix).size());
  }
  return letters;
}

bool is_unit(const std::string& letters, const std::string& unit) {
  if (letters.empty()) return true;
  if (unit == "Ω") return letters == "ohm" || letters == "ohms" || letters == "r";
  return letters == core::lower_case(unit);
}

std::string quoted(const std::string& text) { return "\"" + core::one_line(text, kMaxName) + "\""; }

/// Values this far outside a range are a slip and clipped; beyond, they are another quantity.
bool is_near(double value, const problem::Variable& variable) {
  if (variable.scale == problem::Scale::kLog) return value > variable.min / 3 && value < variable.max * 3;
  const double span = 0.5 * (variable.max - variable.min);
  return value > variable.min - span && value < variable.max + span;
}

std::optional<double> read_value(const JsonPlace& place, const problem::Variable& variable, const std::string& unit) {
  // A small variable that stands only in products has a unit that the netlist does not tell: any will do.
  const bool any_unit = unit.empty() && variable.max < 0.1;
  const auto value = any_unit ? place.number() : read_quantity(place, unit);
  if (!value || (*value >= variable.min && *value <= variable.max)) return value;
  place.fault("ROL-005",
              core::format_number(*value) + " lies outside " + core::format_number(variable.min) + " to " +
                  core::format_number(variable.max) + (unit.empty() ? "" : " " + unit),
              "values are in SI units; a SPICE suffix scales them: \"2u\" is 2e-6, \"2m\" is 2e-3");
  if (!is_near(*value, variable)) return std::nullopt;
  return std::clamp(*value, variable.min, variable.max);
}

std::map<std::string, double> read_variables(const JsonPlace& place, const KnownNames& names) {
  std::map<std::string, double> values;
  if (!place.is_object("variables")) return values;
  std::vector<std::string> known;
  for (const auto& [lower, variable] : names.variables) known.push_back(variable->name);
  for (const auto& [key, member] : place.members()) {
    const auto variable = names.variables.find(core::lower_case(key));
    if (variable == names.variables.end()) {
      member.number();
      const std::string closest = core::closest_name(key, known);
      member.fault("ROL-003", quoted(key) + " is no free variable of the problem",
                   closest.empty() ? "leave it out" : "did you mean \"" + closest + "\"?");
      continue;
    }
    const std::string& name = variable->second->name;
    const auto unit = names.units.find(name);
    const auto value = read_value(member, *variable->second, unit == names.units.end() ? "" : unit->second);
    if (value) values[name] = *value;
  }
  std::string absent;
  for (const std::string& name : known) {
    if (!values.contains(name)) absent += (absent.empty() ? "" : ", ") + name;
  }
  if (!absent.empty()) place.fault("ROL-006", "has no good value for " + absent, "give every variable a value");
  return values;
}

}  // namespace

std::string read_line(const JsonPlace& place, const char* key, bool required) {
  if (required) place.require(key);
  return core::one_line(place.text(key).value_or(""), kMaxLine);
}

std::vector<JsonPlace> read_list(const JsonPlace& place, const char* key, std::size_t low, std::size_t high,
                                 bool required) {
  if (required) place.require(key);
  if (!place.has(key) || !place.at(key).is_array(key)) return {};
  std::vector<JsonPlace> places = place.at(key).elements();
  if (places.size() < low) place.at(key).fault("ROL-010", "holds too few", "give at least " + std::to_string(low));
  if (places.size() > high) {
    place.at(key).fault("ROL-010", "holds too many", "give at most " + std::to_string(high));
    places.erase(places.begin() + static_cast<std::ptrdiff_t>(high), places.end());
  }
  return places;
}

std::optional<std::string> read_choice(const JsonPlace& place, const char* key,
                                       std::initializer_list<const char*> choices, bool required) {
  if (required) place.require(key);
  const auto text = place.text(key);
  if (!text) return std::nullopt;
  if (std::find(choices.begin(), choices.end(), *text) != choices.end()) return text;
  std::string all;
  for (const char* choice : choices) all += (all.empty() ? "" : ", ") + std::string(choice);
  place.at(key).fault("ROL-011", quoted(*text) + " is none of the choices", "choose one of: " + all);
  return std::nullopt;
}

std::vector<std::string> read_lines(const JsonPlace& place, const char* key, std::size_t high, bool required) {
  std::vector<std::string> lines;
  for (const JsonPlace& element : read_list(place, key, 0, high, required)) {
    if (const auto text = element.text()) lines.push_back(core::one_line(*text, kMaxLine));
  }
  return lines;
}

std::optional<double> read_quantity(const JsonPlace& place, const std::string& unit) {
  const auto value = place.number();
  if (!value || !place.value().is_string()) return value;
  const std::string letters = unit_letters(place.value().get_ref<const std::string&>());
  if (is_unit(letters, unit)) return value;
  place.fault("ROL-004",
              "has the unit " + quoted(letters) + ", where " + (unit.empty() ? "no unit" : unit) + " belongs",
              "give the quantity that is asked for");
  return std::nullopt;
}

std::optional<double> read_quantity_in(const JsonPlace& place, const char* key, const std::string& unit, double low,
                                       double high, bool required) {
  if (required) place.require(key);
  if (!place.has(key)) return std::nullopt;
  const auto value = read_quantity(place.at(key), unit);
  if (!value || (*value >= low && *value <= high)) return value;
  place.at(key).fault(
      "ROL-005",
      core::format_number(*value) + " lies outside " + core::format_number(low) + " to " + core::format_number(high),
      "give it in " + (unit.empty() ? "that range" : unit));
  return std::nullopt;
}

std::optional<std::string> read_device(const JsonPlace& place, const KnownNames& names) {
  const auto name = place.text();
  if (!name) return std::nullopt;
  const auto device = names.devices.find(core::lower_case(*name));
  if (device != names.devices.end()) return device->second;
  std::vector<std::string> known;
  for (const auto& [lower, written] : names.devices) known.push_back(written);
  const std::string closest = core::closest_name(*name, known);
  place.fault("ROL-002", "the circuit has no device " + quoted(*name),
              closest.empty() ? "name devices of the netlist" : "did you mean \"" + closest + "\"?");
  return std::nullopt;
}

std::vector<Design> read_designs(const JsonPlace& root, std::size_t low, std::size_t high, bool required,
                                 const KnownNames& names) {
  std::vector<Design> designs;
  for (const JsonPlace& place : read_list(root, "designs", low, high, required)) {
    if (!place.is_object("a design")) continue;
    place.allow_keys({"name", "variables", "reason", "confidence"});
    Design design;
    design.name = core::one_line(read_line(place, "name", true), kMaxName);
    if (place.require("variables")) design.variables = read_variables(place.at("variables"), names);
    design.reason = read_line(place, "reason", true);
    design.confidence = read_quantity_in(place, "confidence", "", 0, 1, true).value_or(0.5);
    if (!design.variables.empty()) designs.push_back(std::move(design));
  }
  return designs;
}

}  // namespace exturbo::agents
