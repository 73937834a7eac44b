// Reads sensitivity.json: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "explanation.hpp"

#include "exturbo/core/fault.hpp"
#include "problem/json_reader.hpp"

namespace exturbo::report {
namespace {

using problem::JsonPlace;

bool expect(bool holds, const JsonPlace& place, const std::string& what) {
  if (!holds)
    place.fault("RPT-002", "must be " + what + ", not " + place.value().type_name(),
                "the file was changed by hand; remove it and `exturbo explain` the run again");
  return holds;
}

/// A member that is there and not null.
std::optional<JsonPlace> member(const JsonPlace& place, const char* key) {
  return place.has(key) && !place.value().at(key).is_null() ? std::optional(place.at(key)) : std::nullopt;
}

std::optional<JsonPlace> object(const JsonPlace& place, const char* key) {
  const auto found = member(place, key);
  return found && expect(found->value().is_object(), *found, "a table") ? found : std::nullopt;
}

std::vector<JsonPlace> elements(const JsonPlace& place, const char* key) {
  const auto found = member(place, key);
  return found && expect(found->value().is_array(), *found, "an array") ? found->elements() : std::vector<JsonPlace>{};
}

/// Members that are objects, null ones left out.
std::vector<std::pair<std::string, JsonPlace>> tables(const JsonPlace& place) {
  auto found = place.members();
  std::erase_if(found, [](const auto& entry) {
    const JsonPlace& value = entry.second;
    return value.value().is_null() || !expect(value.value().is_object(), value, "a table");
  });
  return found;
}

/// Elements that are objects.
std::vector<JsonPlace> objects(const JsonPlace& place, const char* key) {
  std::vector<JsonPlace> found = elements(place, key);
  std::erase_if(found,
                [](const JsonPlace& element) { return !expect(element.value().is_object(), element, "a table"); });
  return found;
}

std::optional<double> as_number(const JsonPlace& place) {
  if (place.value().is_null() || !expect(place.value().is_number(), place, "a number")) return std::nullopt;
  return place.value().get<double>();
}

std::string as_text(const JsonPlace& place) {
  return expect(place.value().is_string(), place, "a string") ? place.value().get<std::string>() : "";
}

std::optional<double> number(const JsonPlace& place, const char* key) {
  const auto found = member(place, key);
  return found ? as_number(*found) : std::nullopt;
}

std::string text(const JsonPlace& place, const char* key) {
  const auto found = member(place, key);
  return found ? as_text(*found) : "";
}

std::optional<bool> boolean(const JsonPlace& place, const char* key) {
  const auto found = member(place, key);
  return found && expect(found->value().is_boolean(), *found, "true or false")
             ? std::optional(found->value().get<bool>())
             : std::nullopt;
}

std::vector<std::string> texts(const JsonPlace& place, const char* key) {
  std::vector<std::string> found;
  for (const JsonPlace& element : elements(place, key)) found.push_back(as_text(element));
  return found;
}

/// A table of objects, each read by `read`.
template <typename Read>
auto by_name(const JsonPlace& place, const char* key, Read read) {
  ByName<decltype(read(place))> found;
  if (const auto table = object(place, key)) {
    for (const auto& [name, entry] : tables(*table)) found.emplace_back(name, read(entry));
  }
  return found;
}

/// [value, low, high], or [low, high] beside a value of its own.
Estimate estimate(const JsonPlace& place, const char* key, std::optional<double> value = std::nullopt) {
  Estimate found{value, {}, {}};
  const std::vector<JsonPlace> parts = elements(place, key);
  const std::size_t ends = parts.size() == 3 ? 1 : 0;
  if (parts.size() < 2 || parts.size() > 3) return found;
  if (ends == 1) found.value = as_number(parts[0]);
  found.low = as_number(parts[ends]);
  found.high = as_number(parts[ends + 1]);
  return found;
}

VariableFit variable_fit(const JsonPlace& place) {
  return {number(place, "lengthscale"), estimate(place, "interval", number(place, "relevance")),
          number(place, "sensitivity"), number(place, "direction")};
}

MetricFit metric_fit(const JsonPlace& place) {
  return {text(place, "status"), number(place, "points"), number(place, "quality"),
          by_name(place, "variables", variable_fit)};
}

Fits fits(const JsonPlace& root, const char* key) {
  const auto place = object(root, key);
  if (!place) return {};
  return {number(*place, "points"), boolean(*place, "low_data").value_or(false),
          by_name(*place, "metrics", metric_fit)};
}

SobolIndices sobol_indices(const JsonPlace& place) { return {estimate(place, "first"), estimate(place, "total")}; }

MetricSobol metric_sobol(const JsonPlace& place) {
  MetricSobol found{by_name(place, "variables", sobol_indices), {}};
  for (const JsonPlace& pair : objects(place, "pairs"))
    found.pairs.push_back({texts(pair, "variables"), estimate(pair, "second")});
  return found;
}

ByName<double> effects(const JsonPlace& metric) {
  ByName<double> found;
  for (const auto& [variable, place] : tables(metric)) {
    if (const auto size = number(place, "mean_absolute")) found.emplace_back(variable, *size);
  }
  return found;
}

ByName<Slope> slopes(const JsonPlace& metric) {
  ByName<Slope> found;
  for (const auto& [variable, place] : tables(metric))
    found.emplace_back(variable, Slope{number(place, "derivative"), number(place, "elasticity"), number(place, "error"),
                                       text(place, "sided")});
  return found;
}

Agreement agreement(const JsonPlace& place) {
  Agreement found{boolean(place, "agrees"), text(place, "statement"), {}, {}};
  if (const auto top = object(place, "top")) {
    for (const auto& [method, variable] : top->members()) {
      if (!variable.value().is_null()) found.top.emplace_back(method, as_text(variable));
    }
  }
  if (const auto ranks = object(place, "rank_correlation")) {
    for (const auto& [method, value] : ranks->members()) {
      if (const auto correlation = as_number(value)) found.rank_correlation.emplace_back(method, *correlation);
    }
  }
  return found;
}

std::optional<Tightening> tightening(const JsonPlace& spec, const char* key) {
  const auto place = object(spec, key);
  if (!place) return std::nullopt;
  return Tightening{boolean(*place, "met"), number(*place, "objective"), number(*place, "change"),
                    texts(*place, "missed")};
}

ActiveSpec active_spec(const JsonPlace& place) {
  ActiveSpec found{text(place, "metric"),          text(place, "side"),
                   number(place, "bound"),         number(place, "value"),
                   number(place, "margin"),        number(place, "price"),
                   number(place, "tightened"),     tightening(place, "predicted"),
                   tightening(place, "simulated"), {}};
  for (const JsonPlace& move : objects(place, "pays"))
    found.pays.push_back({text(move, "variable"), number(move, "from"), number(move, "to")});
  return found;
}

DeviceView device_view(const JsonPlace& place) {
  return {number(place, "gm_over_id"), number(place, "inversion_coefficient"), text(place, "inversion"),
          number(place, "power_share"), number(place, "noise_share")};
}

void read_limits(const JsonPlace& root, Explanation& found) {
  const auto limits = object(root, "limits");
  if (!limits) return;
  if (const auto objective = object(*limits, "objective")) {
    found.reached = number(*objective, "reached");
    if (const auto simulated = object(*objective, "simulated"); simulated && number(*simulated, "objective"))
      found.reached = number(*simulated, "objective");
  }
  for (const JsonPlace& spec : objects(*limits, "active")) found.active.push_back(active_spec(spec));
  found.inactive = texts(*limits, "inactive");
}

Explanation read(const JsonPlace& root) {
  Explanation found;
  found.variables = texts(root, "variables");
  found.survival = fits(root, "survival");
  found.tuning = fits(root, "tuning");
  found.sobol = by_name(root, "sobol", metric_sobol);
  found.morris = by_name(root, "morris", effects);
  found.slopes = by_name(root, "elasticity", slopes);
  found.agreement = by_name(root, "agreement", agreement);
  read_limits(root, found);
  found.devices = by_name(root, "devices", device_view);
  for (const JsonPlace& pole : objects(root, "poles"))
    found.poles.push_back({text(pole, "node"), number(pole, "frequency"), texts(pole, "devices"), text(pole, "role")});
  found.simulations = number(root, "simulations");
  return found;
}

/// The index of the design explained; `otherwise` where the file does not say.
double explained_design(const JsonPlace& root, double otherwise) {
  const auto design = object(root, "design");
  return design ? number(*design, "evaluation").value_or(otherwise) : otherwise;
}

}  // namespace

std::optional<Explanation> read_explanation(const run::RunFolder& run, int design) {
  if (!run.has("sensitivity.json")) return std::nullopt;
  const run::Json json = run.read_json("sensitivity.json");
  std::vector<core::Fault> faults;
  const JsonPlace root(json, "", (run.path() / "sensitivity.json").string(), faults);
  std::optional<Explanation> found;
  // A run that went on after it may have found another design.
  if (expect(json.is_object(), root, "a table") && explained_design(root, design) == design) found = read(root);
  if (!faults.empty()) throw core::InputError(std::move(faults));
  return found;
}

}  // namespace exturbo::report
