// The evaluator of a problem JSON, and the metrics that it returns.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>

#include "load_parts.hpp"

namespace exturbo::problem {
namespace {

constexpr double kLongestTime = 1e6;  ///< s

void read_command(const JsonPlace& place, Evaluator& evaluator) {
  if (!place.is_array("command")) return;
  for (const JsonPlace& word : place.elements()) {
    const std::string text = word.text().value_or("?");
    if (text.find('\0') != std::string::npos)
      word.fault("PRB-081", "holds a NUL character, which no argument of a program can", "remove it");
    evaluator.command.push_back(text);
  }
  if (evaluator.command.empty()) {
    place.fault("PRB-082", "names no program",
                "write the program and its arguments, such as [\"python3\", \"model.py\"]");
  } else if (evaluator.command.front().empty()) {
    place.at(std::size_t{0}).fault("PRB-083", "names no program", "write the program, such as \"python3\"");
  }
}

/// A metric of the list: an id alone.
MetricDefinition returned_metric(const std::string& id) {
  MetricDefinition metric;
  metric.id = id;
  metric.kind = MetricKind::kReturned;
  metric.measure = id;
  return metric;
}

}  // namespace

void read_evaluator(const JsonPlace& root, Problem& problem) {
  problem.evaluator.emplace();
  for (const char* key : {"netlist", "cell", "pdk", "parameters", "testbenches", "corners"}) {
    if (root.has(key))
      root.at(key).fault("PRB-080", std::string("a problem with an evaluator has no ") + key,
                         "remove it: the command simulates; or remove the evaluator");
  }
  problem.evaluator->folder = problem.folder;
  problem.corners.push_back({kEvaluatorCorner, "", 27, {}});
  const JsonPlace place = root.at("evaluator");
  if (!place.is_object("evaluator")) return;
  place.allow_keys({"command", "time_limit"});
  if (place.require("command")) read_command(place.at("command"), *problem.evaluator);
  if (!place.has("time_limit")) return;
  if (const auto seconds = place.number("time_limit")) {
    problem.evaluator->time_limit = *seconds;
    if (!(*seconds > 0 && *seconds <= kLongestTime))
      place.at("time_limit").fault("PRB-084", "must be above 0 and at most 1e6", "give seconds, such as 60");
  }
}

MetricDefinition read_returned_metric(const std::string& id, const JsonPlace& place) {
  place.allow_keys({"expression", "unit"});
  MetricDefinition metric = returned_metric(id);
  metric.unit = place.text("unit").value_or("");
  return metric;
}

void read_metric_list(const JsonPlace& metrics, Problem& problem) {
  for (const JsonPlace& place : metrics.elements()) {
    const auto id = place.text();
    if (!id) continue;
    check_name(*id, place, "metric");
    if (problem.metric(*id) != nullptr) {
      place.fault("PRB-085", "\"" + *id + "\" is listed twice", "remove one of them");
    } else {
      problem.metrics.push_back(returned_metric(*id));
    }
  }
}

}  // namespace exturbo::problem
