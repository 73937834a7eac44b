// Mismatch and global variation of a process.json.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>

#include "exturbo/core/text.hpp"
#include "exturbo/problem/model_name.hpp"
#include "load_parts.hpp"

namespace exturbo::problem {
namespace {

/// What the numbers rest on is part of them: nothing about silicon is stated without it.
void read_assumption(const JsonPlace& place, Process& process) {
  if (const auto text = place.required_text("assumption")) process.assumptions.push_back(*text);
}

double coefficient(const JsonPlace& place, const char* key) {
  const double value = place.number(key).value_or(0);
  if (value < 0) place.at(key).fault("PDK-003", "must not be negative", "give it in SI units");
  return value;
}

void read_mismatch(const JsonPlace& place, Process& process) {
  if (!place.is_object("mismatch")) return;
  place.allow_keys({"assumption", "devices"});
  read_assumption(place, process);
  if (!place.require("devices") || !place.at("devices").is_object("devices")) return;
  for (const auto& [name, device] : place.at("devices").members()) {
    if (!device.is_object("the mismatch of a device")) continue;
    device.allow_keys({"a_vt", "a_beta"});
    const std::string model = core::lower_case(name);
    process.mismatch[model] = {coefficient(device, "a_vt"), coefficient(device, "a_beta")};
    const bool known = std::any_of(process.models.begin(), process.models.end(),
                                   [&](const ModelCard& card) { return base_name(card.name) == model; });
    if (!known && !process.models.empty())
      device.fault("PDK-005", "no model card named \"" + name + "\"", "use the names of the .model cards");
    if (!process.library.empty() && !process.devices.contains(model))
      device.fault("PDK-005", "no device named \"" + name + "\"", "use the names under /devices");
  }
}

void read_variation(const JsonPlace& place, Process& process) {
  if (!place.is_object("variation")) return;
  place.allow_keys({"assumption", "fast", "slow", "sigmas", "correlation"});
  read_assumption(place, process);
  Variation variation;
  variation.fast = place.required_text("fast").value_or("");
  variation.slow = place.required_text("slow").value_or("");
  variation.sigmas = place.number("sigmas").value_or(3);
  variation.correlation = place.number("correlation").value_or(0);
  for (const char* key : {"fast", "slow"}) {
    if (!place.has(key) || !place.at(key).value().is_string() || process.corners.contains(*place.text(key))) continue;
    std::string known;
    for (const auto& [corner, changes] : process.corners) known += (known.empty() ? "" : ", ") + corner;
    place.at(key).fault("PDK-020", "no corner named \"" + *place.text(key) + "\"", "known: " + known);
  }
  if (!(variation.sigmas > 0))
    place.at("sigmas").fault("PDK-021", "must be positive", "3 where the corners are 3-sigma ones");
  if (!(variation.correlation >= 0 && variation.correlation <= 1))
    place.at("correlation").fault("PDK-022", "must lie in 0 .. 1", "0: cards vary independently; 1: all together");
  process.variation = variation;
}

}  // namespace

void read_statistics(const JsonPlace& root, Process& process) {
  if (root.has("mismatch")) read_mismatch(root.at("mismatch"), process);
  if (root.has("variation")) read_variation(root.at("variation"), process);
}

}  // namespace exturbo::problem
