// Messages between pool and worker: one JSON object a line.
// SPDX-License-Identifier: BSD-3-Clause
//
// Pool to worker: {"setup": plan}, then requests {"id", "variables", "corners", "nodesets"}.
// Worker to pool: {"ready": true, "ngspice": version}, then {"id", "corners": [outcome], "seconds"}.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "exturbo/spice/outcome.hpp"
#include "exturbo/spice/pool.hpp"

namespace exturbo::spice {

nlohmann::json request_json(const Request& request);
/// \throws nlohmann::json::exception on a message of another shape.
Request request_from_json(const nlohmann::json& json);

nlohmann::json corner_json(const CornerOutcome& outcome);
CornerOutcome corner_from_json(const nlohmann::json& json);

}  // namespace exturbo::spice
