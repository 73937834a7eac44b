// Reasons of designs: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "design_reason.hpp"

#include <map>
#include <numbers>

#include "exturbo/core/number.hpp"
#include "exturbo/sizing/cost.hpp"

namespace exturbo::agents {
namespace {

constexpr int kDigits = 3;

std::string quantity(double value, const char* unit) { return core::format_quantity(value, unit, kDigits); }

/// "input pair M1: gm/ID 16.1 /V at 14.6 µA, L 180 nm" by role, with the numbers of its first device.
std::string device_text(const PerformanceModel& model, const Prediction& prediction) {
  std::map<Role, std::vector<std::size_t>> by_role;
  for (std::size_t i = 0; i < prediction.devices.size(); ++i) by_role[model.roles().of[i]].push_back(i);
  std::string text;
  for (const auto& [role, devices] : by_role) {
    if (role == Role::kBias) continue;
    const PredictedDevice& first = prediction.devices[devices.front()];
    text += (text.empty() ? "" : "; ") + std::string(to_string(role)) + " " + model.cell().mos()[devices.front()].name +
            ": gm/ID " + quantity(first.point.gm_id, "/V") + " at " + quantity(first.current, "A") + ", L " +
            quantity(first.length, "m");
  }
  return text;
}

}  // namespace

std::string design_reason(const problem::Problem& problem, const DesignStyle& style, const PerformanceModel& model,
                          const Prediction& prediction, const run::Evaluation& evaluation) {
  std::string text = std::string(style.name) + ": ";
  const auto crossing = prediction.metrics.find("unity_gain_frequency");
  if (crossing != prediction.metrics.end() && prediction.capacitance > 0) {
    text += "gm of the input pair = 2 pi f_u C = 2 pi " + quantity(crossing->second, "Hz") + " x " +
            quantity(prediction.input_gm / (2 * std::numbers::pi * crossing->second), "F") + " = " +
            quantity(prediction.input_gm, "S") +
            "; slew rate = I_tail / C with I_tail = " + quantity(prediction.tail_current, "A") + "; ";
  }
  text += device_text(model, prediction) + ". Simulated: ";
  if (evaluation.feasible) {
    text += "all specs met, power " + quantity(prediction.metrics.at("power"), "W") + ".";
  } else {
    std::string missed;
    for (const std::string& metric : sizing::violated_specs(problem, evaluation)) missed += " " + metric;
    text += "misses" + missed + ".";
  }
  return text;
}

}  // namespace exturbo::agents
