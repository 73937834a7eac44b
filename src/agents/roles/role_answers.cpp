// Answers of the roles: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "role_answers.hpp"

#include "answer_places.hpp"
#include "exturbo/core/text.hpp"

namespace exturbo::agents {
namespace {

using problem::Json;
using problem::JsonPlace;

constexpr std::size_t kMaxLine = 1000;
constexpr double kMaxCurrent = 10;  ///< A; for anything larger the unit is wrong.

Json designs_json(const std::vector<Design>& designs) {
  Json list = Json::array();
  for (const Design& design : designs) {
    list.push_back({{"name", design.name},
                    {"variables", design.variables},
                    {"reason", design.reason},
                    {"confidence", design.confidence}});
  }
  return list;
}

AnalystAnswer::Block read_block(const JsonPlace& place, const KnownNames& names) {
  AnalystAnswer::Block block;
  place.allow_keys({"type", "devices", "purpose"});
  block.type = read_choice(place, "type",
                           {"differential_pair", "current_mirror", "cascode", "tail_source", "bias_chain",
                            "class_ab_control", "output_stage", "compensation", "diode_load", "other"},
                           true)
                   .value_or("other");
  for (const JsonPlace& device : read_list(place, "devices", 0, 64, true)) {
    if (const auto name = read_device(device, names)) block.devices.push_back(*name);
  }
  block.purpose = read_line(place, "purpose", false);
  return block;
}

std::optional<OperatingPointAnswer::Device> read_bias(const JsonPlace& place, const KnownNames& names) {
  OperatingPointAnswer::Device device;
  place.allow_keys({"name", "current", "gm_over_id", "region"});
  const auto name = place.require("name") ? read_device(place.at("name"), names) : std::nullopt;
  const auto current = read_quantity_in(place, "current", "A", 0, kMaxCurrent, true);
  device.gm_over_id = read_quantity_in(place, "gm_over_id", "1/V", 1, 40, false);
  device.region = read_choice(place, "region", {"saturation", "triode"}, false).value_or("");
  if (!name || !current) return std::nullopt;
  device.name = *name;
  device.current = *current;
  return device;
}

}  // namespace

AnalystAnswer read_analyst(const JsonPlace& root, const KnownNames& names) {
  AnalystAnswer answer;
  if (!root.is_object("the answer")) return answer;
  root.allow_keys({"summary", "blocks", "variables", "critical"});
  answer.summary = read_line(root, "summary", true);
  for (const JsonPlace& place : read_list(root, "blocks", 0, 64, true)) {
    if (!place.is_object("a block")) continue;
    AnalystAnswer::Block block = read_block(place, names);
    if (!block.devices.empty()) answer.blocks.push_back(std::move(block));
  }
  if (root.has("variables") && root.at("variables").is_object("variables")) {
    for (const auto& [key, place] : root.at("variables").members()) {
      const auto text = place.text();
      const auto known = names.variables.find(core::lower_case(key));
      if (known == names.variables.end()) {
        place.fault("ROL-003", "is no free variable of the problem", "leave it out");
      } else if (text) {
        answer.variables[known->second->name] = core::one_line(*text, kMaxLine);
      }
    }
  }
  answer.critical = read_lines(root, "critical", 16, false);
  return answer;
}

OperatingPointAnswer read_operating_point(const JsonPlace& root, const KnownNames& names) {
  OperatingPointAnswer answer;
  if (!root.is_object("the answer")) return answer;
  root.allow_keys({"supply_current", "devices", "reason"});
  answer.supply_current = read_quantity_in(root, "supply_current", "A", 0, kMaxCurrent, true);
  for (const JsonPlace& place : read_list(root, "devices", 0, 256, true)) {
    if (!place.is_object("a device")) continue;
    if (auto device = read_bias(place, names)) answer.devices.push_back(std::move(*device));
  }
  answer.reason = read_line(root, "reason", true);
  return answer;
}

SizingAnswer read_sizing(const JsonPlace& root, const KnownNames& names) {
  if (!root.is_object("the answer")) return {};
  root.allow_keys({"designs"});
  return {read_designs(root, 1, 4, true, names)};
}

ReviewerAnswer read_reviewer(const JsonPlace& root, const KnownNames& names) {
  ReviewerAnswer answer;
  if (!root.is_object("the answer")) return answer;
  root.allow_keys({"verdict", "findings", "designs"});
  answer.accepts = read_choice(root, "verdict", {"accept", "revise"}, true) == "accept";
  answer.findings = read_lines(root, "findings", 16, true);
  answer.designs = read_designs(root, 0, 2, false, names);
  return answer;
}

Json to_json(const AnalystAnswer& answer) {
  Json blocks = Json::array();
  for (const AnalystAnswer::Block& block : answer.blocks)
    blocks.push_back({{"type", block.type}, {"devices", block.devices}, {"purpose", block.purpose}});
  return {
      {"summary", answer.summary}, {"blocks", blocks}, {"variables", answer.variables}, {"critical", answer.critical}};
}

Json to_json(const OperatingPointAnswer& answer) {
  Json devices = Json::array();
  for (const OperatingPointAnswer::Device& device : answer.devices) {
    Json entry{{"name", device.name}, {"current", device.current}};
    if (device.gm_over_id) entry["gm_over_id"] = *device.gm_over_id;
    if (!device.region.empty()) entry["region"] = device.region;
    devices.push_back(std::move(entry));
  }
  Json json = Json::object();
  if (answer.supply_current) json["supply_current"] = *answer.supply_current;
  json["devices"] = devices;
  json["reason"] = answer.reason;
  return json;
}

Json to_json(const SizingAnswer& answer) { return {{"designs", designs_json(answer.designs)}}; }

Json to_json(const ReviewerAnswer& answer) {
  return {{"verdict", answer.accepts ? "accept" : "revise"},
          {"findings", answer.findings},
          {"designs", designs_json(answer.designs)}};
}

}  // namespace exturbo::agents
