// Small-signal measures: gain, unity-gain frequency, phase margin, rejection ratios.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "measure.hpp"

namespace exturbo::spice {
namespace {

using Complex = std::complex<double>;

/// Response per unit of source magnitude over log10(frequency): decibels, and unwrapped phase in degrees relative to
/// the sign of the first point.
struct Response {
  Curve decibels;
  Curve phase;
};

/// `points`: the first ones only.
Response response(const MeasureArguments& arguments, const std::string& analysis_option,
                  std::size_t points = std::numeric_limits<std::size_t>::max()) {
  const AnalysisData& analysis = arguments.analysis(analysis_option);
  const auto& values = arguments.vector(analysis, arguments.text("output"));
  std::vector<double> position, decibels, phase;
  // Phase is summed from point to point: a step between points is below half a turn, their product may not be.
  const double sign = values.front().real() < 0 ? -1 : 1;
  double angle = std::arg(values.front() * sign);
  for (std::size_t i = 0; i < std::min({values.size(), analysis.scale.size(), points}); ++i) {
    if (i > 0) angle += std::arg(values[i] / values[i - 1]);
    const double magnitude = std::abs(values[i]) / analysis.ac_magnitude;
    if (!(magnitude > 0) || !std::isfinite(magnitude) || !(analysis.scale[i] > 0)) {
      throw NotMeasurable{"the output has no AC response"};
    }
    position.push_back(std::log10(analysis.scale[i]));
    decibels.push_back(20 * std::log10(magnitude));
    phase.push_back(angle * 180 / std::numbers::pi);
  }
  return {sorted_curve(position, decibels), sorted_curve(position, phase)};
}

bool starts_at(const AnalysisData& analysis, double frequency) {
  return !analysis.scale.empty() && std::abs(frequency / analysis.scale.front() - 1) < 1e-9;
}

/// Decibels at the option `frequency`, which must lie in the sweep (a sweep of one point is taken as it is).
double gain_at(const MeasureArguments& arguments, const std::string& analysis_option) {
  const double frequency = arguments.number("frequency");
  const AnalysisData& analysis = arguments.analysis(analysis_option);
  const std::size_t points = starts_at(analysis, frequency) ? 1 : analysis.scale.size();
  const Curve decibels = response(arguments, analysis_option, points).decibels;
  if (decibels.size() == 1) return decibels.y.front();
  const double position = std::log10(frequency);
  if (position < decibels.x.front() - 1e-9 || position > decibels.x.back() + 1e-9) {
    throw NotMeasurable{"the AC sweep does not reach the frequency"};
  }
  return decibels.value(position);
}

double dc_gain(const MeasureArguments& arguments) { return gain_at(arguments, "analysis"); }

double unity_crossing(const Response& response) {
  if (response.decibels.y.front() <= 0) throw NotMeasurable{"the gain is below 0 dB at the start of the sweep"};
  const auto crossing = response.decibels.crossing(0, response.decibels.x.front());
  if (!crossing) throw NotMeasurable{"the gain does not fall to 0 dB within the sweep"};
  return *crossing;
}

double unity_gain_frequency(const MeasureArguments& arguments) {
  return std::pow(10, unity_crossing(response(arguments, "analysis")));
}

double phase_margin(const MeasureArguments& arguments) {
  const Response curves = response(arguments, "analysis");
  return 180 + curves.phase.value(unity_crossing(curves));
}

double cmrr(const MeasureArguments& arguments) {
  return gain_at(arguments, "analysis") - gain_at(arguments, "common_analysis");
}

double psrr(const MeasureArguments& arguments) {
  return gain_at(arguments, "analysis") - gain_at(arguments, "supply_analysis");
}

constexpr double kBeyond = 1.1;         ///< Factor by which a window exceeds what was found.
constexpr double kMostCoarseTurn = 90;  ///< Degrees between two coarse points that leave no doubt of the winding.
constexpr double kMostCoarseRise = 3;   ///< dB of a rise between two coarse points: a peak may hide a crossing.

constexpr double kClear = 6;  ///< dB above which a dip does not reach unity.

/// Around the crossing of a coarse sweep, if the response up to there is as plain as an amplifier's.
std::vector<Window> unity_windows(const MeasureArguments& arguments) {
  const Response curves = response(arguments, "analysis");
  const Curve& decibels = curves.decibels;
  if (decibels.y.front() <= 0) return {};
  for (std::size_t i = 0; i + 1 < decibels.size(); ++i) {
    if (std::abs(curves.phase.y[i + 1] - curves.phase.y[i]) > kMostCoarseTurn ||
        decibels.y[i + 1] - decibels.y[i] > kMostCoarseRise)
      throw NotMeasurable{"the response has a peak"};
    if (decibels.y[i + 1] >= 0) continue;
    std::size_t first = i;
    while (first > 0 && decibels.y[first] < kClear) --first;
    return {{std::pow(10, decibels.x[first]) / kBeyond, std::pow(10, decibels.x[i + 1]) * kBeyond}};
  }
  return {};
}

/// A gain at the first frequency of a sweep is there; elsewhere it is looked at closely.
std::vector<Window> gain_windows(const MeasureArguments& arguments) {
  const double frequency = arguments.number("frequency");
  if (starts_at(arguments.analysis("analysis"), frequency)) return {};
  return {{frequency / kBeyond, frequency * kBeyond}};
}

const MeasureOption kOutput{"output", "out", "node of the output"};
const MeasureOption kFrequency{"frequency", "1", "Hz at which the gain is read"};
const MeasureAnalysis kDifferential{"analysis", "differential", "ac"};

}  // namespace

void insert_points(AnalysisData& analysis, const AnalysisData& more) {
  for (std::size_t i = 0; i < more.scale.size(); ++i) {
    const auto place = std::lower_bound(analysis.scale.begin(), analysis.scale.end(), more.scale[i] * (1 - 1e-9));
    const bool there = place != analysis.scale.end() && *place <= more.scale[i] * (1 + 1e-9);
    if (there) continue;
    const auto index = place - analysis.scale.begin();
    analysis.scale.insert(place, more.scale[i]);
    for (auto& [name, values] : analysis.vectors) values.insert(values.begin() + index, more.vectors.at(name).at(i));
  }
}

std::vector<Measure> ac_measures() {
  return {
      {{"dc_gain",
        "dB",
        "Differential gain at 1 Hz, the loop closed at DC only.",
        {kDifferential},
        {kOutput, kFrequency}},
       {"output"},
       dc_gain,
       false,
       gain_windows},
      {{"unity_gain_frequency",
        "Hz",
        "First frequency at which the differential gain falls to 0 dB.",
        {kDifferential},
        {kOutput}},
       {"output"},
       unity_gain_frequency,
       false,
       unity_windows},
      {{"phase_margin",
        "deg",
        "180 degrees plus the unwrapped phase at the unity-gain frequency, relative to the sign of the gain at DC.",
        {kDifferential},
        {kOutput}},
       {"output"},
       phase_margin,
       false,
       unity_windows},
      {{"cmrr",
        "dB",
        "Differential gain over common-mode gain at 1 Hz, devices matched.",
        {kDifferential, {"common_analysis", "common_mode", "ac"}},
        {kOutput, kFrequency}},
       {"output"},
       cmrr,
       false,
       gain_windows},
      {{"psrr",
        "dB",
        "Differential gain over the gain from the supply at 1 Hz, devices matched.",
        {kDifferential, {"supply_analysis", "supply", "ac"}},
        {kOutput, kFrequency}},
       {"output"},
       psrr,
       false,
       gain_windows},
  };
}

}  // namespace exturbo::spice
