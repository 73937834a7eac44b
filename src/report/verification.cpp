// Reads verify.json: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "verification.hpp"

#include "exturbo/core/fault.hpp"

namespace exturbo::report {
namespace {

using run::Json;

std::optional<double> number(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() || found->is_null() ? std::nullopt : std::optional(found->get<double>());
}

Bounds read_bounds(const Json& object) { return {number(object, "min"), number(object, "max")}; }

VerifiedSpec read_spec(const std::string& metric, const Json& object) {
  const Json& worst = object.at("worst_corner");
  VerifiedSpec spec{metric,
                    read_bounds(object),
                    worst.at("name").get<std::string>(),
                    number(worst, "value"),
                    number(worst, "margin"),
                    worst.at("met").get<bool>(),
                    {},
                    {},
                    {}};
  if (!object.contains("monte_carlo")) return spec;
  const Json& spread = object.at("monte_carlo");
  if (!spread.at("bounds").is_null()) spec.sampled_bounds = read_bounds(spread.at("bounds"));
  spec.sampled_yield = number(spread, "yield");
  for (const char* key : {"measured", "mean", "sigma", "worst"}) {
    if (const auto value = number(spread, key)) spec.numbers[key] = *value;
  }
  if (spread.contains("quantiles")) spec.numbers.merge(spread.at("quantiles").get<std::map<std::string, double>>());
  return spec;
}

Verification read(const Json& json) {
  Verification found;
  found.corners = json.at("corners").size();
  for (const auto& [name, corner] : json.at("corners").items())
    found.missed_corners += corner.at("status") != "ok" || !corner.at("violated").empty() ? 1 : 0;
  found.worst_corner = json.at("worst_corner").get<std::string>();
  for (const auto& [metric, spec] : json.at("per_spec").items()) found.specs.push_back(read_spec(metric, spec));
  found.samples = json.at("samples").get<int>();
  if (found.samples == 0) return found;
  found.sampled_corner = json.at("monte_carlo_corner").get<std::string>();
  found.yield = json.at("yield").get<double>();
  found.interval = {json.at("interval").at(0).get<double>(), json.at("interval").at(1).get<double>()};
  found.failed_samples = json.at("failed_samples").get<std::map<std::string, int>>();
  found.matched_devices = json.at("matched_devices").get<std::vector<std::string>>();
  return found;
}

}  // namespace

std::optional<Verification> read_verification(const run::RunFolder& run,
                                              const std::map<std::string, double>& variables) {
  if (!run.has("verify.json")) return std::nullopt;
  const Json json = run.read_json("verify.json");
  try {
    // A run that went on after it may have found another design.
    if (json.at("design").at("variables").get<std::map<std::string, double>>() != variables) return std::nullopt;
    return read(json);
  } catch (const Json::exception& error) {
    throw core::InputError(
        {{"RPT-001", (run.path() / "verify.json").string(), "", std::string("not a verification: ") + error.what(),
          "the file was changed by hand; `exturbo verify` the run again"}});
  }
}

}  // namespace exturbo::report
