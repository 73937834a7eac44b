// Seeds: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/problem/seeds.hpp"

#include <algorithm>

#include "json_reader.hpp"

namespace exturbo::problem {
namespace {

Seed read_seed(const JsonPlace& place, const Problem& problem) {
  Seed seed;
  place.allow_keys({"origin", "variables", "reason", "confidence"});
  if (place.has("origin") && place.at("origin").is_object("origin")) {
    const JsonPlace origin = place.at("origin");
    origin.allow_keys({"agent", "role", "model"});
    seed.agent = origin.text("agent").value_or("");
    seed.role = origin.text("role").value_or("");
    seed.model = origin.text("model").value_or("");
  }
  seed.reason = place.text("reason").value_or("").substr(0, 10000);
  seed.confidence = place.number("confidence").value_or(0.5);
  if (seed.confidence < 0 || seed.confidence > 1) {
    place.at("confidence").fault("SED-003", "confidence must lie in [0, 1]", "0: a guess, 1: sure");
  }
  if (!place.has("variables")) {
    place.fault("JSN-005", "key \"variables\" is missing", "add the values that the seed proposes");
    return seed;
  }
  std::vector<std::string> names;
  for (const Variable* variable : problem.free_variables()) names.push_back(variable->name);
  if (!place.at("variables").is_object("variables")) return seed;
  for (const auto& [name, value] : place.at("variables").members()) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      const std::string closest = core::closest_name(name, names);
      value.fault("SED-001", "\"" + name + "\" is no free variable of the problem",
                  closest.empty() ? "leave it out" : "did you mean \"" + closest + "\"?");
      continue;
    }
    if (const auto number = value.number()) seed.variables[name] = *number;
  }
  return seed;
}

}  // namespace

SeedsResult load_seeds(const std::filesystem::path& file, const Problem& problem) {
  SeedsResult result;
  const auto document = parse_json_file(file, result.faults);
  if (!document) return result;
  const JsonPlace root(*document, "", file.string(), result.faults);
  if (!root.is_object("a seeds file")) return result;
  root.allow_keys({"seeds"});
  if (!root.has("seeds")) {
    root.fault("JSN-005", "key \"seeds\" is missing", "add an array of seeds");
    return result;
  }
  if (!root.at("seeds").is_array("seeds")) return result;
  const auto places = root.at("seeds").elements();
  if (places.size() > 1000) {
    root.at("seeds").fault("SED-002", "more than 1000 seeds", "keep the best");
    return result;
  }
  for (const JsonPlace& place : places) {
    if (place.is_object("a seed")) result.seeds.push_back(read_seed(place, problem));
  }
  return result;
}

std::vector<Seed> start_seeds(const Problem& problem) {
  Seed seed;
  seed.agent = "person";
  seed.reason = "start values of the problem";
  for (const Variable* variable : problem.free_variables()) {
    if (variable->start) seed.variables[variable->name] = *variable->start;
  }
  if (seed.variables.empty()) return {};
  return {seed};
}

std::string to_json(const std::vector<Seed>& seeds) {
  Json list = Json::array();
  for (const Seed& seed : seeds) {
    list.push_back({{"origin", {{"agent", seed.agent}, {"role", seed.role}, {"model", seed.model}}},
                    {"variables", seed.variables},
                    {"reason", seed.reason},
                    {"confidence", seed.confidence}});
  }
  return Json{{"seeds", list}}.dump(2) + "\n";
}

}  // namespace exturbo::problem
