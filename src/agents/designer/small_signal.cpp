// Nodal analysis of a cell: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "small_signal.hpp"

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <numbers>

namespace exturbo::agents {
namespace {

using Complex = std::complex<double>;

constexpr double kLevel = 3;                 ///< Gain from which the response is taken to fall as 1/f.
constexpr double kLeastConductance = 1e-12;  ///< S from each net to ground: a net of capacitors alone is not singular.

}  // namespace

SmallSignal::SmallSignal(const SizedCell& cell, const std::vector<SmallSignalDevice>& devices, const CellPorts& ports,
                         double load)
    : ports_(ports) {
  const std::size_t count = cell.nets().size();
  unknown_.assign(count, -1);
  for (std::size_t net = 0; net < count; ++net) {
    if (net == ports.inp || net == ports.inn || net == ports.vdd || net == ports.vss) continue;
    unknown_[net] = static_cast<int>(rows_.size());
    rows_.push_back(net);
  }
  const auto size = static_cast<Eigen::Index>(count);
  conductance_ = Eigen::MatrixXd::Identity(size, size) * kLeastConductance;
  capacitance_ = Eigen::MatrixXd::Zero(size, size);
  for (std::size_t i = 0; i < devices.size(); ++i) {
    const SizedMos& mos = cell.mos()[i];
    const SmallSignalDevice& device = devices[i];
    // Currents flow from drain to source by the gate's (and the body's) voltage above the source's, in both polarities.
    transconductance(mos.drain, mos.source, mos.gate, mos.source, device.gm);
    transconductance(mos.drain, mos.source, mos.body, mos.source, device.gmb);
    admittance(conductance_, mos.drain, mos.source, device.gds);
    admittance(capacitance_, mos.gate, mos.source, device.cgs);
    admittance(capacitance_, mos.gate, mos.drain, device.cgd);
    admittance(capacitance_, mos.drain, mos.body, device.cdb);
    admittance(capacitance_, mos.source, mos.body, device.csb);
  }
  for (const SizedTwoPole& resistor : cell.resistors())
    admittance(conductance_, resistor.a, resistor.b, 1 / std::max(resistor.value, 1e-3));
  for (const SizedTwoPole& capacitor : cell.capacitors())
    admittance(capacitance_, capacitor.a, capacitor.b, capacitor.value);
  capacitance_(static_cast<Eigen::Index>(ports.out), static_cast<Eigen::Index>(ports.out)) += load;
}

void SmallSignal::add(Eigen::MatrixXd& matrix, std::size_t row, std::size_t column, double value) {
  matrix(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(column)) += value;
}

void SmallSignal::admittance(Eigen::MatrixXd& matrix, std::size_t a, std::size_t b, double value) {
  add(matrix, a, a, value);
  add(matrix, b, b, value);
  add(matrix, a, b, -value);
  add(matrix, b, a, -value);
}

void SmallSignal::transconductance(std::size_t to, std::size_t from, std::size_t plus, std::size_t minus,
                                   double value) {
  add(conductance_, to, plus, value);
  add(conductance_, to, minus, -value);
  add(conductance_, from, plus, -value);
  add(conductance_, from, minus, value);
}

Complex SmallSignal::output(const Drive& drive, double frequency) const {
  const double omega = 2 * std::numbers::pi * frequency;
  const auto size = static_cast<Eigen::Index>(rows_.size());
  Eigen::MatrixXcd matrix(size, size);
  Eigen::VectorXcd currents(size);
  const auto entry = [&](std::size_t row, std::size_t column) {
    const auto r = static_cast<Eigen::Index>(row);
    const auto c = static_cast<Eigen::Index>(column);
    return Complex(conductance_(r, c), omega * capacitance_(r, c));
  };
  for (Eigen::Index r = 0; r < size; ++r) {
    const std::size_t net = rows_[static_cast<std::size_t>(r)];
    for (Eigen::Index c = 0; c < size; ++c) matrix(r, c) = entry(net, rows_[static_cast<std::size_t>(c)]);
    currents(r) =
        -drive.inp * entry(net, ports_.inp) - drive.inn * entry(net, ports_.inn) - drive.vdd * entry(net, ports_.vdd);
  }
  const Eigen::VectorXcd voltages = matrix.partialPivLu().solve(currents);
  return voltages(unknown_[ports_.out]);
}

std::optional<double> SmallSignal::unity_gain_frequency(double guess) const {
  const Drive drive{1, 0, 0};
  const double first = std::abs(output(drive, 1));
  if (!(first > 1)) return {};
  const double level = std::min(kLevel, std::sqrt(first));
  const auto excess = [&](double frequency) { return std::log(std::abs(output(drive, frequency)) / level); };
  // Bracketed by decades, then Illinois' false position in the logarithms: the response falls about as 1/f.
  double low = 1, high = std::max(guess, 10.0);
  double low_gain = std::log(first / level), high_gain = 0;
  for (int i = 0; i < 12; ++i) {
    high_gain = excess(high);
    if (high_gain < 0) break;
    low = high;
    low_gain = high_gain;
    high *= 10;
  }
  if (!(high_gain < 0)) return {};
  double middle = low;
  int side = 0;
  for (int i = 0; i < 60; ++i) {
    middle = std::exp(std::log(low) + low_gain / (low_gain - high_gain) * (std::log(high) - std::log(low)));
    const double gain = excess(middle);
    if (std::abs(gain) < 1e-11) break;  // tight enough for differences between neighbouring designs
    if (gain > 0) {
      low = middle;
      low_gain = gain;
      if (side > 0) high_gain /= 2;
      side = 1;
    } else {
      high = middle;
      high_gain = gain;
      if (side < 0) low_gain /= 2;
      side = -1;
    }
  }
  return middle * level;
}

double SmallSignal::phase_margin(double frequency) const {
  const Drive drive{1, 0, 0};
  Complex before = output(drive, 1);
  double phase = std::arg(before * (before.real() < 0 ? -1.0 : 1.0));
  for (const double share : {1e-3, 1e-2, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0}) {
    if (frequency * share <= 1) continue;
    const Complex now = output(drive, frequency * share);
    phase += std::arg(now / before);
    before = now;
  }
  return 180 + phase * 180 / std::numbers::pi;
}

}  // namespace exturbo::agents
