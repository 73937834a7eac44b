// Journal lines: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/run/evaluation.hpp"

#include <nlohmann/json.hpp>

namespace exturbo::run {

using Json = nlohmann::ordered_json;

std::string to_json_line(const Evaluation& evaluation) {
  Json line;
  line["index"] = evaluation.index;
  line["origin"] = evaluation.origin;
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
  const Json line = Json::parse(text);
  Evaluation evaluation;
  evaluation.index = line.at("index").get<int>();
  evaluation.origin = line.at("origin").get<std::string>();
  evaluation.variables = line.at("variables").get<std::map<std::string, double>>();
  evaluation.status = line.at("status").get<std::string>();
  evaluation.reason = line.value("reason", "");
  evaluation.feasible = line.at("feasible").get<bool>();
  evaluation.cost = line.at("cost").get<double>();
  evaluation.metrics = line.at("metrics").get<std::map<std::string, double>>();
  evaluation.unmeasured = line.at("unmeasured").get<std::map<std::string, std::string>>();
  for (const Json& corner : line.at("corners")) {
    evaluation.corners.push_back({corner.at("name").get<std::string>(),
                                  corner.at("metrics").get<std::map<std::string, double>>(),
                                  corner.at("unmeasured").get<std::map<std::string, std::string>>(),
                                  corner.at("nodes").get<std::map<std::string, double>>(),
                                  corner.value("solved_by", ""), corner.value("skipped", "")});
  }
  evaluation.derived_cards = line.value("derived_cards", false);
  evaluation.start = line.at("start").get<int>();
  evaluation.seconds = line.at("seconds").get<double>();
  evaluation.worker = line.at("worker").get<int>();
  evaluation.attempts = line.at("attempts").get<int>();
  return evaluation;
}

}  // namespace exturbo::run
