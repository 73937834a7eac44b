// Messages between pool and worker: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "protocol.hpp"

namespace exturbo::spice {
namespace {

using Json = nlohmann::json;

Json device_json(const DeviceState& state) {
  return {state.region, state.id, state.gm, state.gds, state.vgs, state.vds, state.vth, state.vdsat};
}

DeviceState device_from(const Json& json) {
  return {json.at(0), json.at(1), json.at(2), json.at(3), json.at(4), json.at(5), json.at(6), json.at(7)};
}

}  // namespace

nlohmann::json start_json(const StartMessage& start) {
  return {{"start", {{"variables", start.variables}, {"nodesets", start.nodesets}}}};
}

StartMessage start_from_json(const nlohmann::json& json) {
  return {json.at("start").at("variables").get<std::map<std::string, double>>(),
          json.at("start").at("nodesets").get<std::vector<std::map<std::string, double>>>()};
}

nlohmann::json request_json(const Request& request) {
  return {{"id", request.id},
          {"variables", request.variables},
          {"corners", request.corners},
          {"derived_cards", request.derived_cards},
          {"devices", request.devices}};
}

Request request_from_json(const nlohmann::json& json, const StartMessage& start) {
  Request request;
  request.id = json.at("id");
  request.variables = json.at("variables").get<std::map<std::string, double>>();
  request.corners = json.at("corners").get<std::vector<std::size_t>>();
  request.nodesets = start.nodesets;
  request.start_variables = start.variables;
  request.derived_cards = json.at("derived_cards");
  request.devices = json.at("devices");
  return request;
}

nlohmann::json corner_json(const CornerOutcome& outcome) {
  Json devices = Json::object();
  for (const auto& [name, state] : outcome.devices) devices[name] = device_json(state);
  return {{"status", to_string(outcome.status)},
          {"reason", outcome.reason},
          {"metrics", outcome.metrics},
          {"unmeasured", outcome.unmeasured},
          {"devices", devices},
          {"nodes", outcome.nodes},
          {"solved_by", outcome.solved_by},
          {"skipped", outcome.skipped},
          {"seconds", outcome.seconds},
          {"analysis_seconds", outcome.analysis_seconds}};
}

CornerOutcome corner_from_json(const nlohmann::json& json) {
  CornerOutcome outcome;
  outcome.status = status_from_string(json.at("status"));
  outcome.reason = json.at("reason");
  outcome.metrics = json.at("metrics").get<std::map<std::string, double>>();
  outcome.unmeasured = json.at("unmeasured").get<std::map<std::string, std::string>>();
  for (const auto& [name, state] : json.at("devices").items()) outcome.devices[name] = device_from(state);
  outcome.nodes = json.at("nodes").get<std::map<std::string, double>>();
  outcome.solved_by = json.at("solved_by");
  outcome.skipped = json.at("skipped");
  outcome.seconds = json.at("seconds");
  outcome.analysis_seconds = json.at("analysis_seconds");
  return outcome;
}

}  // namespace exturbo::spice
