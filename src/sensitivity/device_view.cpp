// The device view: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/sensitivity/device_view.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "exturbo/spice/pool.hpp"
#include "signal_poles.hpp"

namespace exturbo::sensitivity {
namespace {

constexpr double kBoltzmannByCharge = 1.380649e-23 / 1.602176634e-19;  ///< V/K
constexpr double kZeroCelsius = 273.15;                                ///< K
constexpr double kWeakBelow = 0.1;
constexpr double kStrongAbove = 10;

const char* inversion_name(double coefficient) {
  return coefficient < kWeakBelow ? "weak" : coefficient > kStrongAbove ? "strong" : "moderate";
}

DeviceEntry transistor_entry(const spice::DeviceState& state, double temperature) {
  DeviceEntry entry;
  entry.region = state.region;
  entry.id = state.id;
  entry.vdsat = state.vdsat;
  entry.margin = state.margin();
  if (state.id > 0) entry.gm_over_id = state.gm / state.id;
  if (state.region == "saturation" || state.region == "weak")
    entry.inversion_coefficient = inversion_coefficient(state, temperature);
  if (entry.inversion_coefficient) entry.inversion = inversion_name(*entry.inversion_coefficient);
  return entry;
}

/// Ids of the metrics whose shares are told: the first that measures input_noise (else any noise), and that of
/// input_noise_1meg.
std::string noise_metric(const problem::Problem& problem, const spice::CornerOutcome& outcome, const char* measure) {
  for (const problem::MetricDefinition& metric : problem.metrics) {
    if (metric.measure == measure && outcome.noise_shares.contains(metric.id)) return metric.id;
  }
  return "";
}

void note_shares(const std::map<std::string, double>& shares, std::optional<double> DeviceEntry::*member,
                 DeviceView& view) {
  for (const auto& [name, share] : shares) view.devices[name].*member = share;
}

}  // namespace

std::optional<double> inversion_coefficient(const spice::DeviceState& device, double temperature) {
  if (!(device.id > 0) || !(device.gm > 0)) return std::nullopt;
  const double thermal = kBoltzmannByCharge * (temperature + kZeroCelsius);
  const double slope = 1 + device.gmbs / device.gm;
  const double most = device.weak_gm_over_id.value_or(1 / (slope * thermal));
  const double efficiency = device.gm / device.id / most;
  if (efficiency >= 1) return 0;
  const double root = 2 / efficiency - 1;
  return 0.25 * (root * root - 1);
}

DeviceView view_devices(const problem::Problem& problem, const problem::Corner& corner,
                        const spice::CornerOutcome& outcome) {
  DeviceView view;
  if (outcome.status != spice::Status::kOk) {
    view.why_no_poles = "the design could not be simulated: " + outcome.reason;
    return view;
  }
  for (const auto& [name, state] : outcome.devices) view.devices[name] = transistor_entry(state, corner.temperature);
  double power = 0;
  for (const auto& [name, part] : outcome.powers) power += part;
  for (const auto& [name, part] : outcome.powers) view.devices[name].power_share = part / power;
  if (const std::string metric = noise_metric(problem, outcome, "input_noise"); !metric.empty())
    note_shares(outcome.noise_shares.at(metric), &DeviceEntry::noise_share, view);
  if (const std::string metric = noise_metric(problem, outcome, "input_noise_1meg"); !metric.empty())
    note_shares(outcome.noise_shares.at(metric), &DeviceEntry::noise_share_1meg, view);
  note_poles(problem, outcome, view);
  return view;
}

DeviceView view_devices(const problem::Problem& problem, const std::map<std::string, double>& variables,
                        const sizing::Machine& machine) {
  spice::PoolOptions options;
  options.cpu_limit = machine.cpu_limit;
  options.wall_limit = machine.wall_limit > 0 ? machine.wall_limit : 2 * machine.cpu_limit;
  options.memory_limit = machine.memory_limit;
  options.worker = machine.worker;
  spice::Pool pool(problem, options);
  spice::Request request{1, variables, {0}, {}};
  request.small_signal = true;
  pool.submit(std::move(request));
  std::optional<spice::Finished> finished;
  while (!finished) finished = pool.wait_any(std::chrono::milliseconds(1000));
  return view_devices(problem, problem.corners.front(), finished->outcome.corners.front());
}

run::Json to_json(const DeviceView& view) {
  const auto put = [](run::Json& json, const char* key, const std::optional<double>& value) {
    if (value) json[key] = *value;
  };
  run::Json devices = run::Json::object();
  for (const auto& [name, entry] : view.devices) {
    run::Json& device = devices[name] = run::Json::object();
    if (!entry.region.empty()) device["region"] = entry.region;
    put(device, "id", entry.id);
    put(device, "gm_over_id", entry.gm_over_id);
    put(device, "inversion_coefficient", entry.inversion_coefficient);
    if (!entry.inversion.empty()) device["inversion"] = entry.inversion;
    put(device, "vdsat", entry.vdsat);
    put(device, "margin", entry.margin);
    put(device, "power_share", entry.power_share);
    put(device, "noise_share", entry.noise_share);
    put(device, "noise_share_1meg", entry.noise_share_1meg);
  }
  run::Json poles = run::Json::array();
  for (const Pole& pole : view.poles) {
    run::Json names = run::Json::array();
    run::Json parts = run::Json::object();
    for (const PoleContribution& part : pole.devices) {
      names.push_back(part.element);
      parts[part.element] = {{"capacitance", part.capacitance + 0.0}, {"conductance", part.conductance + 0.0}};
    }
    run::Json json{{"node", pole.node},
                   {"frequency", pole.frequency},
                   {"devices", names},
                   {"role", pole.role},
                   {"contributions", parts}};
    put(json, "quality", pole.quality);
    if (pole.right_half_plane) json["right_half_plane"] = true;
    poles.push_back(std::move(json));
  }
  run::Json zeros = run::Json::array();
  for (const Zero& zero : view.zeros) {
    run::Json json{{"frequency", zero.frequency}, {"right_half_plane", zero.right_half_plane}};
    put(json, "quality", zero.quality);
    zeros.push_back(std::move(json));
  }
  run::Json json{{"devices", devices}, {"poles", poles}, {"zeros", zeros}};
  if (!view.why_no_poles.empty()) json["why_no_poles"] = view.why_no_poles;
  return json;
}

}  // namespace exturbo::sensitivity
