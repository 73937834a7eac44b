// Requests and replies: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "protocol.hpp"

#include <cmath>

#include "problem/json_reader.hpp"
#include "spice/metric_expressions.hpp"

namespace exturbo::command {
namespace {

using problem::Json;

constexpr std::size_t kMostQuoted = 200;  ///< Bytes of a line or an error that a reason repeats.

/// The beginning of a text, without control characters and halves of UTF-8 sequences.
std::string quoted(const std::string& text) {
  std::string part = Json(text.substr(0, kMostQuoted)).dump(-1, ' ', false, Json::error_handler_t::ignore);
  if (text.size() > kMostQuoted) part.insert(part.size() - 1, "...");
  return part;
}

spice::CornerOutcome failure(spice::Status status, const std::string& reason) {
  spice::CornerOutcome outcome;
  outcome.status = status;
  outcome.reason = reason;
  return outcome;
}

spice::CornerOutcome bad(const std::string& what) {
  return failure(spice::Status::kBadReply, "the command's reply " + what);
}

/// Why the metrics are not those that were asked for, or "".
std::string take_metrics(const Json& given, const problem::Problem& problem, std::map<std::string, double>& metrics) {
  for (const problem::MetricDefinition& metric : problem.metrics) {
    if (metric.kind != problem::MetricKind::kReturned) continue;
    const auto value = given.find(metric.id);
    if (value == given.end()) return "lacks the metric \"" + metric.id + "\"";
    if (!value->is_number()) return "gives no number for the metric \"" + metric.id + "\"";
    metrics[metric.id] = value->get<double>();
    if (!std::isfinite(metrics[metric.id])) return "gives no finite number for the metric \"" + metric.id + "\"";
  }
  return "";
}

}  // namespace

std::string request_line(const Request& request) {
  return Json{{"id", request.id}, {"variables", request.variables}}.dump() + "\n";
}

spice::CornerOutcome read_reply(const std::string& line, const Request& request, const problem::Problem& problem) {
  std::vector<core::Fault> faults;
  const auto reply = problem::parse_json_text(line, "reply", faults);
  if (!faults.empty()) {
    const core::Fault& fault = faults.front();
    const std::string place = fault.place.starts_with("/") ? " at " + quoted(fault.place) : "";
    return bad("is " + fault.what + place + ": " + quoted(line));
  }
  if (!reply->is_object()) return bad("is no JSON object: " + quoted(line));
  const auto id = reply->find("id");
  if (id == reply->end() || !id->is_number()) return bad("has no id: " + quoted(line));
  if (id->get<double>() != static_cast<double>(request.id))
    return bad("has the id " + quoted(id->dump()) + " in place of " + std::to_string(request.id));
  if (const auto error = reply->find("error"); error != reply->end()) {
    if (!error->is_string()) return bad("has an error that is no text");
    return failure(spice::Status::kEvaluatorError, "the command says " + quoted(error->get<std::string>()));
  }
  const auto metrics = reply->find("metrics");
  if (metrics == reply->end() || !metrics->is_object()) return bad("has neither metrics nor an error: " + quoted(line));
  spice::CornerOutcome outcome;
  if (const std::string why = take_metrics(*metrics, problem, outcome.metrics); !why.empty()) return bad(why);
  spice::measure_expressions(problem.metrics, request.variables, outcome);
  return outcome;
}

}  // namespace exturbo::command
