// Measures of DC sweeps: output swing and input common-mode range.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cmath>
#include <utility>

#include "measure.hpp"

namespace exturbo::spice {
namespace {

constexpr std::ptrdiff_t kBadSegments = 3;  ///< Of a sweep, behind the swing's end: it is no stray one.

/// Ends of the stretch of a sweep around a point in which a margin curve is positive.
struct Range {
  double low = 0;
  double high = 0;
};

/// Largest stretch around `center` in which `margin` > 0, cut at the ends of the sweep [first, last].
Range positive_range(const Curve& margin, double center, double first, double last) {
  return {margin.crossing_before(0, center).value_or(first), margin.crossing(0, center).value_or(last)};
}

/// First and last segment of the longest run of positive margins; a sweep may have a stray one elsewhere.
std::pair<std::size_t, std::size_t> longest_run(const Curve& output, const Curve& margin) {
  std::pair<std::size_t, std::size_t> best{1, 0};
  double length = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < margin.size(); ++i) {
    if (!(margin.y[i] > 0)) {
      begin = i + 1;
    } else if (output.x[i + 1] - output.x[begin] > length) {
      length = output.x[i + 1] - output.x[begin];
      best = {begin, i};
    }
  }
  if (best.first > best.second) throw NotMeasurable{"the slope is nowhere 90 % of the ideal one"};
  return best;
}

/// Range of the output while the slope is at least 90 % of the ideal one, around the steepest stretch of the sweep.
double output_swing(const MeasureArguments& arguments) {
  const Curve output = arguments.curve(arguments.analysis("analysis"), arguments.text("output"), 5);
  const double ideal = arguments.number("slope");
  Curve margin = output.slopes();
  for (double& slope : margin.y) slope = slope / ideal - 0.9;
  const auto [first, last] = longest_run(output, margin);
  const Range range = positive_range(margin, margin.x[(first + last) / 2], output.x.front(), output.x.back());
  return std::abs(output.value(range.high) - output.value(range.low)) / arguments.parameter("vdd");
}

/// A sweep from its middle outwards shows the end of the swing; a run beyond it could not be longer than this half.
bool swing_complete(const MeasureArguments& arguments, const Window& whole) {
  const Curve output = arguments.curve(arguments.analysis("analysis"), arguments.text("output"), 5);
  const double ideal = arguments.number("slope");
  Curve margin = output.slopes();
  for (double& slope : margin.y) slope = slope / ideal - 0.9;
  const bool up = whole.to > output.x.front();
  if (!up) std::reverse(margin.y.begin(), margin.y.end());
  const auto good = [](double value) { return value > 0; };
  const auto first_bad = std::find_if_not(margin.y.begin(), margin.y.end(), good);
  if (margin.y.end() - first_bad < kBadSegments || std::any_of(first_bad, margin.y.end(), good)) return false;
  const double last = up ? output.x.back() : output.x.front();
  const double step = std::abs(output.x[1] - output.x[0]);
  return static_cast<double>(first_bad - margin.y.begin()) * step >= std::abs(whole.to - last);
}

constexpr double kHiddenSlope = 0.03;  ///< By which a stretch may be off more than the coarse segment around it.

/// Both conditions of the input range as margins that fall below zero outside it.
Range input_range(const MeasureArguments& arguments) {
  const Curve output = arguments.curve(arguments.analysis("analysis"), arguments.text("output"), 5);
  const double supply = arguments.parameter("vdd");
  const double center = arguments.number("center");
  Curve slope_margin = output.slopes();
  for (double& slope : slope_margin.y) slope = 0.1 - std::abs(slope - 1);
  Curve error_margin = output;
  for (std::size_t i = 0; i < output.size(); ++i)
    error_margin.y[i] = 0.03 * supply - std::abs(output.y[i] - output.x[i]);
  if (center < output.x.front() || center > output.x.back())
    throw NotMeasurable{"the sweep does not contain the center"};
  if (error_margin.value(center) <= 0)
    throw NotMeasurable{"the buffer is off by more than 3 % of Vdd at the common mode"};
  if (slope_margin.value(center) <= 0)
    throw NotMeasurable{"the buffer has a slope off by more than 10 % at the common mode"};
  const Range by_slope = positive_range(slope_margin, center, output.x.front(), output.x.back());
  const Range by_error = positive_range(error_margin, center, output.x.front(), output.x.back());
  return {std::max(by_slope.low, by_error.low), std::min(by_slope.high, by_error.high)};
}

/// Where the run of good segments around the center ends, and where a segment of it may hide a bad stretch.
std::vector<Window> input_windows(const MeasureArguments& arguments) {
  const Curve output = arguments.curve(arguments.analysis("analysis"), arguments.text("output"), 5);
  const double center = arguments.number("center");
  const double most = 0.03 * arguments.parameter("vdd");
  const Curve slopes = output.slopes();
  const auto within = [&](std::size_t i, double slope, double error) {
    return std::abs(slopes.y[i] - 1) < slope && std::abs(output.y[i] - output.x[i]) < error &&
           std::abs(output.y[i + 1] - output.x[i + 1]) < error;
  };
  const auto good = [&](std::size_t i) { return within(i, 0.1, most); };
  std::size_t first = 0;
  while (first + 2 < output.size() && output.x[first + 1] < center) ++first;
  if (!good(first)) throw NotMeasurable{"the buffer does not follow at the common mode"};
  std::size_t last = first;
  while (first > 0 && good(first - 1)) --first;
  while (last + 1 < slopes.size() && good(last + 1)) ++last;
  std::vector<Window> windows;
  bool open = false;
  for (std::size_t i = first == 0 ? 0 : first - 1; i < std::min(last + 2, slopes.size()); ++i) {
    // Within a good segment the error changes by a tenth of the segment at most, half of it there and back.
    const double hidden = 0.05 * (output.x[i + 1] - output.x[i]);
    const bool fine = i <= first || i >= last || !within(i, 0.1 - kHiddenSlope, most - hidden);
    if (fine && !open) windows.push_back({output.x[i], output.x[i + 1]});
    if (fine) windows.back().to = output.x[i + 1];
    open = fine;
  }
  return windows;
}

double icmr_low(const MeasureArguments& arguments) { return input_range(arguments).low / arguments.parameter("vdd"); }
double icmr_high(const MeasureArguments& arguments) { return input_range(arguments).high / arguments.parameter("vdd"); }

const MeasureOption kOutput{"output", "out", "node of the output"};
const MeasureOption kCenter{"center", "{vcm}", "V from which the range is followed"};
const MeasureAnalysis kSweep{"analysis", "sweep", "dc"};

}  // namespace

std::vector<Measure> dc_measures() {
  return {
      {{"output_swing",
        "share of Vdd",
        "Range of the output in which the closed-loop slope is at least 90 % of the ideal one.",
        {kSweep},
        {kOutput, {"slope", "-10", "ideal slope of the closed loop"}}},
       {"output"},
       output_swing,
       true,
       nullptr,
       swing_complete},
      {{"icmr_low",
        "share of Vdd",
        "Lowest input at which the unity-gain buffer still has a slope within 10 % and an error below 3 % of Vdd.",
        {kSweep},
        {kOutput, kCenter}},
       {"output"},
       icmr_low,
       true,
       input_windows},
      {{"icmr_high",
        "share of Vdd",
        "Highest input at which the unity-gain buffer still has a slope within 10 % and an error below 3 % of Vdd.",
        {kSweep},
        {kOutput, kCenter}},
       {"output"},
       icmr_high,
       true,
       input_windows},
  };
}

}  // namespace exturbo::spice
