// Large-signal measures in time: slew rate and total harmonic distortion.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cmath>
#include <numbers>

#include "exturbo/core/number.hpp"
#include "measure.hpp"

namespace exturbo::spice {
namespace {

constexpr double kOverlap = 0.08;  ///< Periods at the end of a record that are compared with those a period before ...
constexpr int kCompared = 40;      ///< ... at so many times ...
constexpr double kSettled = 3e-6;  ///< ... and differ by at most this share of the amplitude.

/// When the input leaves its level, and when the next edge begins (or the record ends).
struct Edge {
  double begin = 0;
  double end = 0;
};

/// Edges of a pulse: where it crosses the middle of its range, widened back to where it still had its level.
std::vector<Edge> edges_of(const Curve& input) {
  const auto [low, high] = std::minmax_element(input.y.begin(), input.y.end());
  const double range = *high - *low;
  if (!(range > 0)) throw NotMeasurable{"the input does not move"};
  const double middle = *low + 0.5 * range;
  std::vector<Edge> edges;
  for (std::size_t i = 0; i + 1 < input.size(); ++i) {
    if ((input.y[i] < middle) == (input.y[i + 1] < middle)) continue;
    const double level = input.y[i] < middle ? *low : *high;
    std::size_t start = i;
    while (start > 0 && std::abs(input.y[start] - level) > 1e-3 * range) --start;
    edges.push_back({input.x[start], 0});
  }
  for (std::size_t i = 0; i < edges.size(); ++i) {
    edges[i].end = i + 1 < edges.size() ? edges[i + 1].begin : input.x.back();
  }
  return edges;
}

/// 10-90 % slope of one edge of the output, between the values that it has before the edge and at its end.
double edge_slope(const Curve& output, const Edge& edge) {
  const double from = output.value(edge.begin);
  const double to = output.value(edge.end);
  const double step = to - from;
  const auto first = output.crossing(from + 0.1 * step, edge.begin);
  const auto second = first ? output.crossing(from + 0.9 * step, *first) : std::nullopt;
  if (!second || *second > edge.end || !(*second > *first)) throw NotMeasurable{"the output does not follow the step"};
  return 0.8 * std::abs(step) / (*second - *first);
}

double slew_rate(const MeasureArguments& arguments) {
  const AnalysisData& analysis = arguments.analysis("analysis");
  const Curve input = arguments.curve(analysis, arguments.text("input"));
  const Curve output = arguments.curve(analysis, arguments.text("output"));
  const std::vector<Edge> edges = edges_of(input);
  if (edges.size() < 2) throw NotMeasurable{"the input has no two edges"};
  const auto [low, high] = std::minmax_element(input.y.begin(), input.y.end());
  double worst = 0;
  for (std::size_t i = 0; i < 2; ++i) {
    const double moved = std::abs(output.value(edges[i].end) - output.value(edges[i].begin));
    if (moved < 0.1 * (*high - *low)) throw NotMeasurable{"the output does not follow the step"};
    const double slope = edge_slope(output, edges[i]);
    worst = i == 0 ? slope : std::min(worst, slope);
  }
  return worst;
}

/// Amplitudes of harmonics 1 .. count by projection on the last whole periods. The record may begin up to a step late:
/// the missing piece is taken one period later, as the waveform is settled.
std::vector<double> harmonics(const Curve& wave, double frequency, int count) {
  const double period = 1 / frequency;
  const double length = wave.x.back() - wave.x.front();
  const double periods = std::floor(length / period + 0.02);
  if (periods < 1) throw NotMeasurable{"the transient analysis is shorter than a period"};
  constexpr int kSamples = 1024;
  const double begin = wave.x.back() - periods * period;
  const int total = kSamples * static_cast<int>(periods);
  std::vector<double> real(static_cast<std::size_t>(count)), imaginary(static_cast<std::size_t>(count));
  for (int i = 0; i < total; ++i) {
    double time = begin + (periods * period * i) / total;
    if (time < wave.x.front()) time += period;
    const double value = wave.value(time);
    for (int k = 1; k <= count; ++k) {
      // The phase of sample i is taken modulo the period in integers, so that it does not lose digits.
      const double angle = 2 * std::numbers::pi * ((static_cast<long>(k) * i) % kSamples) / kSamples;
      real[static_cast<std::size_t>(k - 1)] += value * std::cos(angle);
      imaginary[static_cast<std::size_t>(k - 1)] += value * std::sin(angle);
    }
  }
  std::vector<double> amplitudes;
  for (int k = 0; k < count; ++k) {
    const auto index = static_cast<std::size_t>(k);
    amplitudes.push_back(2 * std::hypot(real[index], imaginary[index]) / total);
  }
  return amplitudes;
}

/// A dead output has harmonics too: a fundamental far from the expected amplitude is no measurement.
double thd(const MeasureArguments& arguments) {
  const Curve wave = arguments.curve(arguments.analysis("analysis"), arguments.text("output"), 20);
  const double expected = arguments.number("amplitude");
  const std::vector<double> amplitudes = harmonics(wave, arguments.number("frequency"), 9);
  if (amplitudes[0] < 0.5 * expected || amplitudes[0] > 1.5 * expected) {
    throw NotMeasurable{"the fundamental has an amplitude of " + core::format_number(amplitudes[0], 3) + " V where " +
                        core::format_number(expected, 3) + " V are expected"};
  }
  double sum = 0;
  for (std::size_t k = 1; k < amplitudes.size(); ++k) sum += amplitudes[k] * amplitudes[k];
  return 10 * std::log10(std::max(sum, 1e-40) / (amplitudes[0] * amplitudes[0]));
}

/// A record longer than a period whose end repeats what was a period before: it is settled, and further periods are the
/// same. Harmonics of -100 dB stand a hundred times above what is let pass.
bool thd_complete(const MeasureArguments& arguments, const Window&) {
  const Curve wave = arguments.curve(arguments.analysis("analysis"), arguments.text("output"), 20);
  const double period = 1 / arguments.number("frequency");
  const double amplitude = arguments.number("amplitude");
  const double end = wave.x.back();
  if (end - wave.x.front() < (1 + kOverlap) * period) return false;
  for (int i = 0; i <= kCompared; ++i) {
    const double time = end - kOverlap * period * i / kCompared;
    if (std::abs(wave.value(time) - wave.value(time - period)) > kSettled * amplitude) return false;
  }
  return true;
}

}  // namespace

std::vector<Measure> tran_measures() {
  return {
      {{"slew_rate",
        "V/s",
        "Slope from 10 to 90 % of the settled step of the unity-gain buffer, the slower edge.",
        {{"analysis", "step", "tran"}},
        {{"output", "out", "node of the output"}, {"input", "inp", "node that carries the pulse"}}},
       {"output", "input"},
       slew_rate},
      {{"thd",
        "dB",
        "Harmonics 2 to 9 over the fundamental, unity-gain buffer, root of the sum of squares.",
        {{"analysis", "sine", "tran"}},
        {{"output", "out", "node of the output"},
         {"frequency", "10k", "Hz of the fundamental"},
         {"amplitude", "{0.2*vdd}", "V of the expected fundamental; one off by more than half is no measurement"}}},
       {"output"},
       thd,
       false,
       nullptr,
       thd_complete},
  };
}

}  // namespace exturbo::spice
