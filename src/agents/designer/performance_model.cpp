// Equations of an operational amplifier: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "performance_model.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>
#include <utility>

namespace exturbo::agents {
namespace {

constexpr double kOxidePermittivity = 3.9 * 8.854e-12;  ///< F/m
constexpr double kBodyEffect = 0.2;                     ///< gmb / gm of a body that is not at the source.
constexpr double kLeastVds = 0.01;                      ///< V
constexpr double kDistortionFrequency = 10e3;           ///< Hz
constexpr double kAmplitude = 0.2;                      ///< Of the distortion bench, in supplies.

double decibels(double ratio) { return 20 * std::log10(std::max(ratio, 1e-12)); }

/// Metrics whose error is a factor; that of the others is a difference.
bool is_ratio(const std::string& metric) {
  static const std::set<std::string> ratios{"unity_gain_frequency", "slew_rate",       "power", "offset",
                                            "input_noise",          "input_noise_1meg"};
  return ratios.contains(metric);
}

/// The first of the names that the card has, else `fallback`.
double card_value(const problem::ModelCard& card, std::initializer_list<const char*> names, double fallback) {
  for (const char* name : names) {
    for (const auto& [parameter, value] : card.parameters) {
      if (parameter == name) return value;
    }
  }
  return fallback;
}

}  // namespace

PerformanceModel::PerformanceModel(const problem::Problem& problem, SizedCell& cell, const ProcessTables& tables,
                                   Roles roles)
    : problem_(problem), cell_(cell), tables_(tables), roles_(std::move(roles)) {
  nmos_ = geometry("nmos");
  pmos_ = geometry("pmos");
  const auto parameter = [&](const char* name, double fallback) {
    const auto found = problem.parameters.find(name);
    return found == problem.parameters.end() ? fallback : found->second;
  };
  supply_ = parameter("vdd", problem.process.supply);
  common_mode_ = parameter("vcm", supply_ / 2);
  load_ = parameter("cl", 0);
}

PerformanceModel::Geometry PerformanceModel::geometry(const std::string& type) const {
  // Without a card (a foundry's library) the oxide scales with the length as in the processes that have one.
  Geometry result{kOxidePermittivity / (problem_.process.min_length / 45), 3e-10, 1e-3, 1e-10};
  for (const problem::ModelCard& card : problem_.process.models) {
    if (card.type != type) continue;
    const double thickness = card_value(card, {"toxe", "tox"}, 0);
    if (thickness > 0) result.oxide = kOxidePermittivity / thickness;
    result.overlap = card_value(card, {"cgso"}, result.overlap);
    result.junction = card_value(card, {"cjs", "cj"}, result.junction);
    result.sidewall = card_value(card, {"cjsws", "cjsw"}, result.sidewall);
    break;
  }
  return result;
}

void PerformanceModel::set_bias(BiasPoint bias) {
  bias_ = std::move(bias);
  cell_.size(bias_.free_values);
  at_bias_.assign(cell_.mos().size(), {});
  for (std::size_t i = 0; i < at_bias_.size(); ++i) {
    const SizedMos& mos = cell_.mos()[i];
    const spice::DeviceState& state = bias_.devices[i];
    at_bias_[i] = tables_.of(mos.type).at(std::abs(state.id) / mos.width, mos.length, std::max(state.vds, kLeastVds));
  }
}

/// `moved`: ln of each variable over its value at the bias point.
std::vector<PredictedDevice> PerformanceModel::predict_devices(const Eigen::VectorXd& moved) const {
  const Eigen::VectorXd ln_current = bias_.ln_current * moved;
  const Eigen::VectorXd drain_voltage = bias_.drain_voltage * moved;
  std::vector<PredictedDevice> devices(at_bias_.size());
  for (std::size_t i = 0; i < devices.size(); ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    const SizedMos& mos = cell_.mos()[i];
    const spice::DeviceState& state = bias_.devices[i];
    PredictedDevice& device = devices[i];
    device.length = mos.length;
    device.current = std::abs(state.id) * std::exp(std::clamp(ln_current(row), -4.0, 4.0));
    device.vds = state.vds + drain_voltage(row);
    // The table at the old voltage: how the voltage bends gds is in the correction.
    const TransistorPoint now =
        tables_.of(mos.type).at(device.current / mos.width, mos.length, std::max(state.vds, kLeastVds));
    const TransistorPoint& then = at_bias_[i];
    const double current = std::max(std::abs(state.id), 1e-15);
    device.point.gm_id = now.gm_id * (state.gm / current) / then.gm_id;
    device.point.gds_id = now.gds_id * std::max(state.gds / current, 1e-6) / then.gds_id;
    device.point.vgs = now.vgs + state.vgs - then.vgs;
    device.point.vdsat = now.vdsat + state.vdsat - then.vdsat;
  }
  return devices;
}

std::vector<SmallSignalDevice> PerformanceModel::small_signal(const std::vector<PredictedDevice>& devices) const {
  std::vector<SmallSignalDevice> result;
  for (std::size_t i = 0; i < devices.size(); ++i) {
    const SizedMos& mos = cell_.mos()[i];
    const Geometry& card = mos.type == "pmos" ? pmos_ : nmos_;
    SmallSignalDevice device;
    device.gm = devices[i].gm();
    device.gmb = mos.body == mos.source ? 0 : kBodyEffect * device.gm;
    device.gds = devices[i].current * devices[i].point.gds_id;
    device.cgs = 2.0 / 3 * mos.width * mos.length * card.oxide + mos.width * card.overlap;
    device.cgd = mos.width * card.overlap;
    const double side = problem_.process.junction_length;
    device.cdb = device.csb = mos.width * side * card.junction + 2 * (mos.width + side) * card.sidewall;
    result.push_back(device);
  }
  return result;
}

Prediction PerformanceModel::predict(const std::vector<double>& free_values) const {
  cell_.size(free_values);
  Eigen::VectorXd moved(static_cast<Eigen::Index>(free_values.size()));
  for (std::size_t j = 0; j < free_values.size(); ++j)
    moved(static_cast<Eigen::Index>(j)) = std::log(free_values[j] / bias_.free_values[j]);
  Prediction prediction;
  prediction.devices = predict_devices(moved);
  auto& metrics = prediction.metrics;
  const SmallSignal network(cell_, small_signal(prediction.devices), roles_.ports, load_);
  const double gain = std::abs(network.output({1, 0, 0}, 1));
  metrics["dc_gain"] = decibels(gain);
  metrics["cmrr"] = decibels(gain / std::abs(network.output({1, 1, 0}, 1)));
  metrics["psrr"] = decibels(gain / std::abs(network.output({0, 0, 1}, 1)));
  for (const InputPair& pair : roles_.pairs) {
    for (const std::size_t device : pair.devices) {
      prediction.input_gm += prediction.devices[device].gm() / static_cast<double>(pair.devices.size());
      prediction.tail_current += prediction.devices[device].current;
    }
  }
  const double guess = prediction.input_gm / (2 * std::numbers::pi * load_ + 1e-30);
  if (const auto frequency = network.unity_gain_frequency(guess)) {
    metrics["unity_gain_frequency"] = *frequency;
    metrics["phase_margin"] = network.phase_margin(corrected("unity_gain_frequency", *frequency));
    prediction.capacitance = prediction.input_gm / (2 * std::numbers::pi * *frequency);
  }
  metrics["power"] = bias_.power * std::exp(std::clamp(bias_.ln_power.dot(moved), -4.0, 4.0));
  // A mismatch of currents inside the cell is divided by what multiplies the input.
  metrics["offset"] = 1 / gain;
  // Thermal noise of the pair; a current noise of the rest counts in proportion.
  metrics["input_noise"] = metrics["input_noise_1meg"] = 1 / std::sqrt(std::max(prediction.input_gm, 1e-12));
  predict_large_signal(prediction);
  for (auto& [name, value] : metrics) value = corrected(name, value);
  return prediction;
}

double PerformanceModel::corrected(const std::string& metric, double value) const {
  const auto correction = corrections_.find(metric);
  if (correction == corrections_.end()) return value;
  return is_ratio(metric) ? value * correction->second : value + correction->second;
}

void PerformanceModel::predict_large_signal(Prediction& prediction) const {
  auto& metrics = prediction.metrics;
  const auto& devices = prediction.devices;
  double compensation = 0;
  for (const SizedTwoPole& capacitor : cell_.capacitors()) compensation += capacitor.value;
  if (prediction.capacitance > 0) {
    double slope = prediction.tail_current / prediction.capacitance;
    for (const std::size_t source : roles_.output_sources)
      slope = std::min(slope, devices[source].current / (load_ + compensation));
    metrics["slew_rate"] = slope;
  }
  double lost = 0;
  for (const auto* stack : {&roles_.upper_stack, &roles_.lower_stack}) {
    for (const std::size_t device : *stack) lost += devices[device].point.vdsat;
  }
  metrics["output_swing"] = 1 - lost / supply_;
  // The pair follows until one of its halves or the tail leaves saturation; of two pairs one always works.
  double low = 0, high = 1;
  if (roles_.pairs.size() == 1) {
    const InputPair& pair = roles_.pairs.front();
    double half = supply_, tail = supply_;
    for (const std::size_t device : pair.devices) half = std::min(half, devices[device].margin());
    for (const std::size_t device : pair.tails) tail = std::min(tail, devices[device].margin());
    low = (common_mode_ - (pair.type == "pmos" ? half : tail)) / supply_;
    high = (common_mode_ + (pair.type == "pmos" ? tail : half)) / supply_;
  }
  metrics["icmr_low"] = low;
  metrics["icmr_high"] = high;
  // Feedback divides distortion by the loop gain; beyond the input range there is no loop gain.
  const double center = common_mode_ / supply_;
  const double headroom = std::min(high - (center + kAmplitude), center - kAmplitude - low);
  const auto crossing = metrics.find("unity_gain_frequency");
  const double loop_gain = crossing == metrics.end() ? 1 : crossing->second / kDistortionFrequency;
  metrics["thd"] = -decibels(loop_gain) - 100 * std::clamp(headroom, -0.3, 0.1);
}

void PerformanceModel::correct(const std::map<std::string, double>& measured) {
  corrections_.clear();
  // The phase margin is that at the corrected frequency.
  for (const char* pass : {"unity_gain_frequency", ""}) {
    const Prediction prediction = predict(bias_.free_values);
    for (const auto& [name, value] : prediction.metrics) {
      const auto found = measured.find(name);
      if (found == measured.end() || !std::isfinite(value) || corrections_.contains(name)) continue;
      if (*pass != '\0' && name != pass) continue;
      if (!is_ratio(name)) {
        corrections_[name] = found->second - value;
      } else if (found->second > 0 && value > 0) {
        corrections_[name] = found->second / value;
      }
    }
  }
}

}  // namespace exturbo::agents
