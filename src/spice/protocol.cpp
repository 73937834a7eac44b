// Messages between pool and worker: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "protocol.hpp"

namespace exturbo::spice {
namespace {

using Json = nlohmann::json;

Json matrix_json(const TerminalMatrix& m) { return {m.gg, m.gd, m.gs, m.dg, m.dd, m.ds, m.sg, m.sd, m.ss}; }

TerminalMatrix matrix_from(const Json& json) {
  return {json.at(0), json.at(1), json.at(2), json.at(3), json.at(4), json.at(5), json.at(6), json.at(7), json.at(8)};
}

Json device_json(const DeviceState& state) {
  Json json{state.region, state.id, state.gm, state.gds, state.vgs, state.vds, state.vth, state.vdsat, state.gmbs};
  if (!state.capacitances || !state.conductances) return json;
  json.push_back(matrix_json(*state.capacitances));
  json.push_back(matrix_json(*state.conductances));
  json.push_back(state.weak_gm_over_id ? Json(*state.weak_gm_over_id) : Json());
  return json;
}

DeviceState device_from(const Json& json) {
  DeviceState state{json.at(0), json.at(1), json.at(2), json.at(3), json.at(4),
                    json.at(5), json.at(6), json.at(7), json.at(8)};
  if (json.size() < 12) return state;
  state.capacitances = matrix_from(json.at(9));
  state.conductances = matrix_from(json.at(10));
  if (!json.at(11).is_null()) state.weak_gm_over_id = json.at(11).get<double>();
  return state;
}

Json network_json(const Network& network) {
  Json elements = Json::array();
  for (const NetworkElement& element : network.elements)
    elements.push_back({element.name, element.kind, element.nodes, element.value});
  return {{"testbench", network.testbench}, {"elements", elements}, {"unknown", network.unknown}};
}

Network network_from(const Json& json) {
  Network network{json.at("testbench"), {}, json.at("unknown").get<std::vector<std::string>>()};
  for (const Json& element : json.at("elements")) {
    network.elements.push_back(
        {element.at(0), element.at(1).get<char>(), element.at(2).get<std::vector<std::string>>(), element.at(3)});
  }
  return network;
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
  return {{"id", request.id},           {"variables", request.variables},
          {"corners", request.corners}, {"derived_cards", request.derived_cards},
          {"devices", request.devices}, {"small_signal", request.small_signal}};
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
  request.small_signal = json.at("small_signal");
  return request;
}

nlohmann::json corner_json(const CornerOutcome& outcome) {
  Json devices = Json::object();
  for (const auto& [name, state] : outcome.devices) devices[name] = device_json(state);
  Json json{{"status", to_string(outcome.status)},
            {"reason", outcome.reason},
            {"metrics", outcome.metrics},
            {"unmeasured", outcome.unmeasured},
            {"devices", devices},
            {"nodes", outcome.nodes},
            {"solved_by", outcome.solved_by},
            {"skipped", outcome.skipped},
            {"seconds", outcome.seconds},
            {"analysis_seconds", outcome.analysis_seconds}};
  if (outcome.network.testbench.empty()) return json;
  json["noise_shares"] = outcome.noise_shares;
  json["powers"] = outcome.powers;
  json["network"] = network_json(outcome.network);
  return json;
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
  if (!json.contains("network")) return outcome;
  outcome.noise_shares = json.at("noise_shares").get<std::map<std::string, std::map<std::string, double>>>();
  outcome.powers = json.at("powers").get<std::map<std::string, double>>();
  outcome.network = network_from(json.at("network"));
  return outcome;
}

}  // namespace exturbo::spice
