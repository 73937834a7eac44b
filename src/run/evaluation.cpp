// Journal lines: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/run/evaluation.hpp"

#include <cstdint>
#include <limits>
#include <utility>

#include "run_json.hpp"

namespace exturbo::run {
namespace {

using problem::Json;
using problem::JsonPlace;

// Stricter than what people write: no numbers in strings, no null.
bool expect(bool holds, const JsonPlace& place, const std::string& what) {
  if (!holds)
    place.fault("RUN-003", "must be " + what + ", not " + place.value().type_name(),
                "lines are written by the program alone");
  return holds;
}

void read(const JsonPlace& place, std::string& value) {
  if (expect(place.value().is_string(), place, "a string")) value = place.value().get<std::string>();
}

void read(const JsonPlace& place, double& value) {
  if (expect(place.value().is_number(), place, "a number")) value = place.value().get<double>();
}

void read(const JsonPlace& place, bool& value) {
  if (expect(place.value().is_boolean(), place, "true or false")) value = place.value().get<bool>();
}

void read(const JsonPlace& place, int& value, int low) {
  constexpr int kHigh = std::numeric_limits<int>::max();
  const Json& given = place.value();
  const bool whole = given.is_number_unsigned() ? std::cmp_less_equal(given.get<std::uint64_t>(), kHigh) &&
                                                      std::cmp_less_equal(low, given.get<std::uint64_t>())
                                                : given.is_number_integer() && given.get<std::int64_t>() >= low;
  if (expect(whole, place, "a whole number from " + std::to_string(low) + " to " + std::to_string(kHigh)))
    value = given.get<int>();
}

template <typename Value>
void read(const JsonPlace& place, std::map<std::string, Value>& values) {
  if (!place.is_object("a table")) return;
  for (const auto& [name, item] : place.members()) read(item, values[name]);
}

/// A member that must be there.
template <typename Value, typename... Low>
void need(const JsonPlace& place, const std::string& key, Value& value, Low... low) {
  if (place.require(key)) read(place.at(key), value, low...);
}

void read(const JsonPlace& place, CornerRecord& corner) {
  if (!place.is_object("a corner")) return;
  need(place, "name", corner.name);
  need(place, "metrics", corner.metrics);
  need(place, "unmeasured", corner.unmeasured);
  need(place, "nodes", corner.nodes);
  if (place.has("solved_by")) read(place.at("solved_by"), corner.solved_by);
  if (place.has("skipped")) read(place.at("skipped"), corner.skipped);
}

void read(const JsonPlace& place, TrustRegion& region) {
  if (!place.is_object("a trust region")) return;
  need(place, "side", region.side);
  need(place, "restart", region.restarts, 0);
}

void read(const JsonPlace& root, Evaluation& evaluation) {
  need(root, "index", evaluation.index, 1);
  need(root, "origin", evaluation.origin);
  if (root.has("region")) read(root.at("region"), evaluation.region.emplace());
  need(root, "variables", evaluation.variables);
  need(root, "status", evaluation.status);
  if (root.has("reason")) read(root.at("reason"), evaluation.reason);
  need(root, "feasible", evaluation.feasible);
  need(root, "cost", evaluation.cost);
  need(root, "metrics", evaluation.metrics);
  need(root, "unmeasured", evaluation.unmeasured);
  if (root.require("corners") && root.at("corners").is_array("corners")) {
    for (const JsonPlace& place : root.at("corners").elements()) read(place, evaluation.corners.emplace_back());
  }
  if (root.has("derived_cards")) read(root.at("derived_cards"), evaluation.derived_cards);
  need(root, "start", evaluation.start, 0);
  need(root, "seconds", evaluation.seconds);
  need(root, "worker", evaluation.worker, -1);
  need(root, "attempts", evaluation.attempts, 0);
}

}  // namespace

std::string to_json_line(const Evaluation& evaluation) {
  Json line;
  line["index"] = evaluation.index;
  line["origin"] = evaluation.origin;
  if (evaluation.region) line["region"] = {{"side", evaluation.region->side}, {"restart", evaluation.region->restarts}};
  line["variables"] = evaluation.variables;
  line["status"] = evaluation.status;
  if (!evaluation.reason.empty()) line["reason"] = evaluation.reason;
  line["feasible"] = evaluation.feasible;
  line["cost"] = evaluation.cost;
  line["metrics"] = evaluation.metrics;
  line["unmeasured"] = evaluation.unmeasured;
  Json corners = Json::array();
  for (const CornerRecord& corner : evaluation.corners) {
    corners.push_back({{"name", corner.name},
                       {"metrics", corner.metrics},
                       {"unmeasured", corner.unmeasured},
                       {"nodes", corner.nodes},
                       {"solved_by", corner.solved_by}});
    if (!corner.skipped.empty()) corners.back()["skipped"] = corner.skipped;
  }
  line["corners"] = std::move(corners);
  if (evaluation.derived_cards) line["derived_cards"] = true;
  line["start"] = evaluation.start;
  line["seconds"] = evaluation.seconds;
  line["worker"] = evaluation.worker;
  line["attempts"] = evaluation.attempts;
  return line.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Evaluation parse_evaluation(const std::string& text) {
  std::vector<core::Fault> faults;
  Evaluation evaluation;
  if (const auto line = problem::parse_json_text(text, "evaluation", faults, run_limits())) {
    const JsonPlace root(*line, "", "evaluation", faults);
    if (root.is_object("an evaluation")) read(root, evaluation);
  }
  if (!faults.empty()) throw core::InputError(std::move(faults));
  return evaluation;
}

}  // namespace exturbo::run
