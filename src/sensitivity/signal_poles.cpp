// Poles of the signal path: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "signal_poles.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <limits>
#include <numbers>

#include "exturbo/core/number.hpp"
#include "exturbo/core/text.hpp"
#include "exturbo/spice/measures.hpp"
#include "linear_circuit.hpp"
#include "poles.hpp"

namespace exturbo::sensitivity {
namespace {

constexpr double kTurn = 2 * std::numbers::pi;  ///< rad/s of 1 Hz
constexpr double kDegrees = 180 / std::numbers::pi;
constexpr double kSmallestTurn = 1 / kDegrees;  ///< rad of phase at unity gain that a pole must take to be told.
constexpr double kCancelled = 0.05;             ///< Relative distance of a pole and a zero that cancel.
constexpr double kSmallPart = 0.1;              ///< Parts in a pole below this are not told.
constexpr std::size_t kMostParts = 4;
constexpr double kSameGain = 1;   ///< dB by which the linear circuit may miss the simulated gains ...
constexpr double kSamePhase = 5;  ///< ... and degrees by which it may miss the simulated phase margin.
constexpr std::array kRoles{"dominant", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"};

using Complex = std::complex<double>;

/// The metric of the open loop whose drive and output are those of the path; null if there is none.
const problem::MetricDefinition* loop_metric(const problem::Problem& problem, const char* measure) {
  for (const problem::MetricDefinition& metric : problem.metrics) {
    if (metric.kind == problem::MetricKind::kMeasure && metric.measure == measure) return &metric;
  }
  return nullptr;
}

std::string option(const problem::MetricDefinition& metric, const char* name, const char* by_default) {
  const auto given = metric.options.find(name);
  return given == metric.options.end() ? by_default : given->second;
}

const problem::Analysis* analysis_of(const problem::Problem& problem, const problem::MetricDefinition& metric) {
  const std::string name = option(metric, "analysis", "differential");
  for (const problem::Testbench& testbench : problem.testbenches) {
    if (testbench.name != metric.testbench) continue;
    for (const problem::Analysis& analysis : testbench.analyses) {
      if (analysis.name == name) return &analysis;
    }
  }
  return nullptr;
}

double decibels(const Complex& value) { return 20 * std::log10(std::abs(value)); }

/// What a metric of that measure was; nothing if it is not measured.
std::optional<double> measured(const problem::Problem& problem, const spice::CornerOutcome& outcome,
                               const char* measure) {
  const problem::MetricDefinition* metric = loop_metric(problem, measure);
  const auto value = metric == nullptr ? outcome.metrics.end() : outcome.metrics.find(metric->id);
  return value == outcome.metrics.end() ? std::nullopt : std::optional(value->second);
}

/// Degrees that the phase turns from 1 Hz to `frequency`, followed by steps.
double phase_turn(const LinearCircuit& circuit, double frequency) {
  constexpr double kStep = 1.2;
  double turn = 0;
  Complex last = transfer(circuit, 1);
  for (double f = 1; f < frequency;) {
    f = std::min(f * kStep, frequency);
    const Complex next = transfer(circuit, f);
    turn += std::arg(next / last);
    last = next;
  }
  return turn * kDegrees;
}

/// Where the linear circuit is not what ngspice simulated; "" if it is.
std::string disagreement(const problem::Problem& problem, const spice::CornerOutcome& outcome,
                         const LinearCircuit& circuit, double unity, double magnitude) {
  const auto differs = [](const char* what, double ours, double theirs, const char* unit) {
    return std::string("the linear circuit of the operating points has a ") + what + " of " +
           core::format_number(ours, 4) + " " + unit + ", ngspice " + core::format_number(theirs, 4);
  };
  if (const auto gain = measured(problem, outcome, "dc_gain")) {
    const double ours = decibels(transfer(circuit, 1) / magnitude);
    if (!(std::abs(ours - *gain) <= kSameGain)) return differs("gain at 1 Hz", ours, *gain, "dB");
  }
  const double at_unity = decibels(transfer(circuit, unity) / magnitude);
  if (!(std::abs(at_unity) <= kSameGain)) return differs("gain at the unity-gain frequency", at_unity, 0, "dB");
  if (const auto margin = measured(problem, outcome, "phase_margin")) {
    const double ours = 180 + phase_turn(circuit, unity);
    if (!(std::abs(ours - *margin) <= kSamePhase)) return differs("phase margin", ours, *margin, "degrees");
  }
  return "";
}

/// |s| / 2 |Re s| of a complex pair.
std::optional<double> quality(const Complex& s) {
  if (s.imag() == 0 || s.real() == 0) return std::nullopt;
  return std::abs(s) / (2 * std::abs(s.real()));
}

Pole told(const CircuitPole& pole, std::size_t place) {
  Pole told;
  told.frequency = std::abs(pole.value) / kTurn;
  told.right_half_plane = pole.value.real() > 0;
  told.quality = quality(pole.value);
  told.role = place < kRoles.size() ? kRoles[place] : "higher";
  told.node = pole.node;
  std::vector<PoleShare> shares = pole.shares;
  const auto size = [](const PoleShare& share) {
    return std::max(std::abs(share.capacitance), std::abs(share.conductance));
  };
  std::stable_sort(shares.begin(), shares.end(),
                   [&](const PoleShare& a, const PoleShare& b) { return size(a) > size(b); });
  for (const PoleShare& share : shares) {
    if (told.devices.size() < kMostParts && size(share) >= kSmallPart)
      told.devices.push_back({share.element, share.capacitance, share.conductance});
  }
  return told;
}

/// Takes out poles and zeros that cancel, each zero with the nearest pole; a pair only with a pair.
void cancel(std::vector<CircuitPole>& poles, std::vector<Complex>& zeros) {
  for (auto pole = poles.begin(); pole != poles.end();) {
    const auto distance = [&](const Complex& zero) {
      const bool alike = (zero.imag() != 0) == (pole->value.imag() != 0);
      return alike ? std::abs(zero - pole->value) : std::numeric_limits<double>::infinity();
    };
    const auto nearest = std::min_element(
        zeros.begin(), zeros.end(), [&](const Complex& a, const Complex& b) { return distance(a) < distance(b); });
    if (nearest != zeros.end() && distance(*nearest) <= kCancelled * std::abs(pole->value)) {
      zeros.erase(nearest);
      pole = poles.erase(pole);
    } else {
      ++pole;
    }
  }
}

}  // namespace

void note_poles(const problem::Problem& problem, const spice::CornerOutcome& outcome, DeviceView& view) {
  const problem::MetricDefinition* metric = loop_metric(problem, "unity_gain_frequency");
  const auto unity = measured(problem, outcome, "unity_gain_frequency");
  const problem::Analysis* analysis = metric == nullptr ? nullptr : analysis_of(problem, *metric);
  if (!unity || analysis == nullptr) {
    view.why_no_poles = "no unity-gain frequency is measured";
    return;
  }
  if (metric->testbench != outcome.network.testbench) {
    view.why_no_poles = "operating points are those of testbench " + outcome.network.testbench +
                        ", the unity-gain frequency is measured in " + metric->testbench;
    return;
  }
  double magnitude = 0;
  std::map<std::string, double> drive;
  for (const auto& [source, value] : analysis->ac) {
    drive[core::lower_case(source)] = value;
    magnitude = std::max(magnitude, std::abs(value));
  }
  const LinearCircuit circuit =
      linear_circuit(outcome.network, outcome.devices, drive, core::lower_case(option(*metric, "output", "out")));
  view.why_no_poles = !circuit.fault.empty() ? circuit.fault
                      : magnitude > 0        ? disagreement(problem, outcome, circuit, *unity, magnitude)
                                             : "analysis " + analysis->name + " has no AC source";
  if (!view.why_no_poles.empty()) return;
  const double highest = kTurn * *unity / std::tan(kSmallestTurn);
  std::vector<CircuitPole> poles = circuit_poles(circuit, kTurn, highest);
  std::vector<Complex> zeros = circuit_zeros(circuit, kTurn, (1 + kCancelled) * highest);
  cancel(poles, zeros);
  for (const CircuitPole& pole : poles) view.poles.push_back(told(pole, view.poles.size()));
  for (const Complex& zero : zeros) {
    if (std::abs(zero) <= highest) view.zeros.push_back({std::abs(zero) / kTurn, quality(zero), zero.real() > 0});
  }
}

}  // namespace exturbo::sensitivity
