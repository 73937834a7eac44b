// Messages between pool and worker: one JSON object a line.
// SPDX-License-Identifier: BSD-3-Clause
//
// Pool to worker: {"setup": plan}, then requests {"id", "variables", "corners", ...}. Most start where the last one
// did:
// {"start": {"variables", "nodesets"}} comes before the first and when that changes.
// Worker to pool: {"ready": true, "ngspice": version}, then {"id", "corners": [outcome]}.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "exturbo/spice/outcome.hpp"
#include "exturbo/spice/pool.hpp"

namespace exturbo::spice {

/// Where designs start.
struct StartMessage {
  std::map<std::string, double> variables;
  std::vector<std::map<std::string, double>> nodesets;  ///< By corner.
};

nlohmann::json start_json(const StartMessage& start);
/// \throws nlohmann::json::exception on a message of another shape.
StartMessage start_from_json(const nlohmann::json& json);

/// Without its start.
nlohmann::json request_json(const Request& request);
/// \throws nlohmann::json::exception on a message of another shape.
Request request_from_json(const nlohmann::json& json, const StartMessage& start);

nlohmann::json corner_json(const CornerOutcome& outcome);
CornerOutcome corner_from_json(const nlohmann::json& json);

}  // namespace exturbo::spice
