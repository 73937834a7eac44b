// Answers of the four roles for the tiny problem, given without a network; and made-up outcomes of its designs.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "exturbo/vlm/transport.hpp"

namespace exturbo::test {

/// By role; each is given in turn, the last one again and again.
inline std::map<std::string, std::vector<std::string>> good_answers() {
  return {{"circuit_analyst", {R"({"summary": "A common-source stage with a resistor as load.",
              "blocks": [{"type": "output_stage", "devices": ["M1"]}], "variables": {"rl": "the gain"}})"}},
          {"operating_point_designer", {R"({"supply_current": "60u", "reason": "gain over headroom",
              "devices": [{"name": "M1", "current": "60u", "gm_over_id": 12, "region": "saturation"}]})"}},
          {"sizing_engineer", {R"({"designs": [{"name": "first", "variables": {"w1": "5um", "rl": "10kohm"},
              "reason": "gm RL = 6", "confidence": 0.6}]})"}},
          {"reviewer", {R"({"verdict": "accept", "findings": ["the gain is short: more load"],
              "designs": [{"name": "more load", "variables": {"w1": "5u", "rl": "15k"}, "reason": "gain goes with RL",
              "confidence": 0.7}]})"}}};
}

/// The role that asks, by its label.
inline std::string role_of(const std::string& label) { return label.substr(0, label.find(',')); }

class RoleScript : public vlm::Transport {
 public:
  std::string model() const override { return "scripted"; }
  vlm::Reply ask(const vlm::Request& request) override {
    const int number = static_cast<int>(requests.size());
    requests.push_back(request);
    vlm::Reply reply;
    reply.usage = {1, 1, 10, 5, 0};
    if (number >= fail_from && number < fail_to) {
      reply.status = failure;
      reply.message = "nobody there";
      return reply;
    }
    const std::string role = role_of(request.label);
    const std::vector<std::string>& list = answers.at(role);
    const std::size_t turn = turns_[role]++;
    reply.text = list.at(std::min(turn, list.size() - 1));
    reply.finish_reason = "stop";
    return reply;
  }
  /// The roles that asked, in order.
  std::string roles() const {
    std::string text;
    for (const vlm::Request& request : requests) text += (text.empty() ? "" : " ") + role_of(request.label);
    return text;
  }

  std::map<std::string, std::vector<std::string>> answers = good_answers();
  int fail_from = 1000;  ///< Requests from this one, counted from 0, to before fail_to fail.
  int fail_to = 1000;
  vlm::Status failure = vlm::Status::kConnection;
  std::vector<vlm::Request> requests;

 private:
  std::map<std::string, std::size_t> turns_;
};

/// In the form of sizing::simulate(): a gain that misses its spec.
inline nlohmann::ordered_json outcome(const std::map<std::string, double>& values) {
  auto json = nlohmann::ordered_json::parse(R"({"status": "infeasible", "cost": 1.33,
      "specs": [{"metric": "dc_gain", "unit": "dB", "min": 15, "value": 10.0001, "met": false, "margin": -0.3},
                {"metric": "power", "unit": "W", "max": 5e-4, "value": 1e-4, "met": true, "margin": 0.8}],
      "best": {"variables": {"w1": 1e-5, "rl": 10000}, "corners": {"tt_27C": {"operating_points": {
        "M1": {"region": "saturation", "id": 2e-5, "gm": 2e-4, "gds": 5e-6, "vgs": 0.8, "vds": 0.7, "vth": 0.5,
               "vdsat": 0.3, "margin": 0.4}}}}}})");
  for (const auto& [name, value] : values) json["best"]["variables"][name] = value;
  return json;
}

}  // namespace exturbo::test
