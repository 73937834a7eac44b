// The formulas: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "amplifier_function.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace exturbo::bench {
namespace {

constexpr double kSupply = 1.8;
constexpr double kThreshold = 0.45;
constexpr double kLoad = 5e-12;      // F
constexpr double kSlope = 1.35;      // of weak inversion
constexpr double kThermal = 0.0259;  // V
constexpr double kHeat = 1.66e-20;   // 4 k T, J

/// A transistor in saturation, from weak to strong inversion (EKV).
struct Device {
  double current, width, length, mobility;  // A, m, m, A/V^2

  double inversion() const { return current / (2 * kSlope * mobility * (width / length) * kThermal * kThermal); }
  double gm() const { return current / (kSlope * kThermal) / (0.5 + std::sqrt(0.25 + inversion())); }
  double gds() const { return current * 0.06e-6 / length; }
  double saturation() const { return kThermal * (2 * std::sqrt(inversion() + 0.25) + 3); }
  double gate_voltage() const {
    return kThreshold + 2 * kSlope * kThermal * std::log(std::expm1(std::sqrt(inversion())) + 1e-9);
  }
  double gate_charge() const { return 8e-3 * width * length + 3e-10 * width; }  // F
};

double decibels(double ratio) { return 20 * std::log10(ratio); }
double degrees(double ratio) { return std::atan(ratio) * 180 / std::numbers::pi; }

/// Bounds as slacks: met when <= 0.
class Slacks {
 public:
  void decibels_at_least(double value, double bound) { slacks_.push_back((bound - value) / 10); }
  void degrees_at_least(double value, double bound) { slacks_.push_back((bound - value) / 20); }
  void share_at_least(double value, double bound) { slacks_.push_back((bound - value) / 0.1); }
  void at_least(double value, double bound) { slacks_.push_back(std::log(bound / std::max(value, 1e-300))); }
  void at_most(double value, double bound) { slacks_.push_back(std::log(std::max(value, 1e-300) / bound)); }
  void linear_at_least(double value, double bound) { slacks_.push_back((bound - value) / std::abs(bound)); }
  std::vector<double> take() { return std::move(slacks_); }

 private:
  std::vector<double> slacks_;
};

}  // namespace

bo::SearchSpace amplifier_space() {
  const auto variable = [](const char* name, double lower, double upper, double grid) {
    return bo::Dimension{name, lower, upper, bo::Scale::kLog, grid, false};
  };
  return bo::SearchSpace(
      {variable("w1", 1e-6, 1e-4, 1e-8), variable("l1", 1.8e-7, 2e-6, 1e-8), variable("w3", 1e-6, 1e-4, 1e-8),
       variable("l3", 1.8e-7, 2e-6, 1e-8), variable("w5", 1e-6, 1e-4, 1e-8), variable("l5", 1.8e-7, 2e-6, 1e-8),
       variable("w6", 2e-6, 2e-4, 1e-8), variable("l6", 1.8e-7, 1e-6, 1e-8), variable("w7", 1e-6, 2e-4, 1e-8),
       variable("l7", 1.8e-7, 2e-6, 1e-8), variable("wb", 1e-6, 2e-5, 1e-8), variable("ib", 1e-6, 3e-5, 1e-8),
       variable("cc", 3e-13, 6e-12, 1e-14), variable("rz", 1e2, 2e4, 1)});
}

bo::Outcome amplifier(const std::vector<double>& v) {
  const double ib = v[11], cc = v[12], rz = v[13];
  const double kn = 2.7e-4, kp = 7e-5;
  const Device bias{ib, v[10], v[5], kn};
  const double tail_current = ib * v[4] / v[10];
  const double load_current = ib * (v[8] / v[9]) / (v[10] / v[5]);
  const Device pair{tail_current / 2, v[0], v[1], kn}, mirror{tail_current / 2, v[2], v[3], kp};
  const Device tail{tail_current, v[4], v[5], kn}, driver{load_current, v[6], v[7], kp};
  const Device load{load_current, v[8], v[9], kn};
  const double wanted_current = tail_current / 2 * (v[6] / v[7]) / (v[2] / v[3]);

  const double first = pair.gm() / (pair.gds() + mirror.gds());
  const double second = driver.gm() / (driver.gds() + load.gds());
  const double unity = pair.gm() / cc;  // rad/s
  const double inner = driver.gate_charge() + 1e-14;
  const double second_pole = driver.gm() * cc / (inner * kLoad + cc * (inner + kLoad));
  const double mirror_pole = mirror.gm() / (2 * mirror.gate_charge() + 5e-15);
  const double third_pole = 1 / (rz * inner);
  const double zero = 1 / (cc * (1 / driver.gm() - rz));
  const double slew = std::min(tail_current / cc, load_current / (kLoad + cc));
  const double thermal = kHeat * 2 / pair.gm() * (2.0 / 3) * (1 + mirror.gm() / pair.gm());
  const double flicker = 2e-23 / (pair.width * pair.length) + 8e-24 / (mirror.width * mirror.length);
  const double offset = kSlope * kThermal * std::abs(std::log(wanted_current / load_current)) / first * 4 + 2e-6;
  const double swing = 1 - (driver.saturation() + load.saturation()) / kSupply;
  const double power = kSupply * (ib + tail_current + load_current);
  double area = v[10] * v[5] + cc / 2e-3;
  for (const Device* device : {&pair, &mirror, &tail, &driver, &load}) area += 2 * device->width * device->length;

  Slacks slacks;
  slacks.decibels_at_least(decibels(first * second), 75);
  slacks.at_least(unity / (2 * std::numbers::pi), 10e6);
  slacks.degrees_at_least(90 - degrees(unity / second_pole) - degrees(unity / mirror_pole) / 2 -
                              degrees(unity / third_pole) - degrees(unity / zero),
                          60);
  slacks.at_least(slew, 8e6);
  slacks.decibels_at_least(decibels(2 * pair.gm() * mirror.gm() / (tail.gds() * pair.gds())), 78);
  slacks.decibels_at_least(decibels(first * second / (1 + driver.gds() / load.gds())), 70);
  slacks.decibels_at_least(decibels(first * second * load.gds() / (driver.gm() * 0.05 + load.gds())), 45);
  slacks.at_most(std::sqrt(thermal + flicker / 1e3), 6e-8);
  slacks.at_most(std::sqrt(thermal + flicker / 1e6), 2e-8);
  slacks.at_most(offset, 1e-3);
  slacks.share_at_least(swing, 0.78);
  slacks.share_at_least(0.62 - (tail.saturation() + pair.gate_voltage()) / kSupply, 0.1);
  slacks.share_at_least(1 - (mirror.gate_voltage() - kThreshold + pair.saturation() / 4) / kSupply, 0.85);
  slacks.decibels_at_least(60 + decibels(std::max(swing, 0.05)) + decibels(second) / 4 - decibels(1 + 2e6 / slew), 62);
  slacks.at_most(area, 8e-10);
  slacks.at_most(7 / unity + 0.5 / slew, 2.5e-7);
  slacks.linear_at_least(kSupply / 2 - pair.gate_voltage() - tail.saturation() + 0.1, 0.05);
  slacks.linear_at_least(bias.gate_voltage() - kThreshold, 0.05);
  slacks.at_most(power, 4e-4);
  return {false, power, slacks.take()};
}

}  // namespace exturbo::bench
