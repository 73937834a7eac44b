// Reasons of designs: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "design_reason.hpp"

#include <cstdio>
#include <map>
#include <numbers>

#include "exturbo/core/number.hpp"
#include "exturbo/sizing/cost.hpp"

namespace exturbo::agents {
namespace {

/// "234u": three digits and a SPICE suffix.
std::string engineering(double value, const std::string& unit) {
  struct Suffix {
    double factor;
    const char* name;
  };
  static const Suffix suffixes[] = {{1e9, "G"}, {1e6, "M"}, {1e3, "k"}, {1, ""}, {1e-3, "m"}, {1e-6, "u"}, {1e-9, "n"}, {1e-12, "p"}, {1e-15, "f"}};
  char text[48];
  for (const Suffix& suffix : suffixes) {
    if (value < suffix.factor * 0.9995) continue;
    std::snprintf(text, sizeof text, "%.3g %s%s", value / suffix.factor, suffix.name, unit.c_str());
    return text;
  }
  std::snprintf(text, sizeof text, "%.3g %s", value, unit.c_str());
  return text;
}

std::string fixed(double value, int digits) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

/// "M1 M2: gm/ID 16.1 /V at 14.6 uA, L 0.18 um" for the devices of a role, the first one's numbers.
std::string device_text(const PerformanceModel& model, const Prediction& prediction) {
  std::map<Role, std::vector<std::size_t>> by_role;
  for (std::size_t i = 0; i < prediction.devices.size(); ++i) by_role[model.roles().of[i]].push_back(i);
  std::string text;
  for (const auto& [role, devices] : by_role) {
    if (role == Role::kBias) continue;
    const PredictedDevice& first = prediction.devices[devices.front()];
    const SizedMos& mos = model.cell().mos()[devices.front()];
    text += (text.empty() ? "" : "; ") + std::string(to_string(role)) + " " + mos.name + ": gm/ID " +
            fixed(first.point.gm_id, 1) + " /V at " + engineering(first.current, "A") + ", L " +
            engineering(mos.length, "m");
  }
  return text;
}

}  // namespace

std::string design_reason(const problem::Problem& problem, const DesignStyle& style, PerformanceModel& model,
                          const std::vector<double>& values, const Prediction& prediction, const run::Evaluation& evaluation) {
  model.cell().size(values);
  std::string text = std::string(style.name) + ": ";
  const auto crossing = prediction.metrics.find("unity_gain_frequency");
  if (crossing != prediction.metrics.end() && prediction.capacitance > 0) {
    text += "gm of the input pair = 2 pi f_u C = 2 pi " + engineering(crossing->second, "Hz") + " x " +
            engineering(prediction.input_gm / (2 * std::numbers::pi * crossing->second), "F") + " = " +
            engineering(prediction.input_gm, "S") + "; slew rate = I_tail / C with I_tail = " +
            engineering(prediction.tail_current, "A") + "; ";
  }
  text += device_text(model, prediction) + ". Simulated: ";
  if (evaluation.feasible) {
    text += "all specs met, power " + engineering(prediction.metrics.at("power"), "W") + ".";
  } else {
    std::string missed;
    for (const std::string& metric : sizing::violated_specs(problem, evaluation)) missed += " " + metric;
    text += "misses" + missed + ".";
  }
  return text;
}

}  // namespace exturbo::agents
