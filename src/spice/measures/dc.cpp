// Measures of DC sweeps: output swing and input common-mode range.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cmath>

#include "measure.hpp"

namespace exturbo::spice {
namespace {

/// Ends of the stretch of a sweep around a point in which a margin curve is positive.
struct Range {
  double low = 0;
  double high = 0;
};

/// Largest stretch around `center` in which `margin` > 0, cut at the ends of the sweep [first, last].
Range positive_range(const Curve& margin, double center, double first, double last) {
  return {margin.crossing_before(0, center).value_or(first), margin.crossing(0, center).value_or(last)};
}

/// Range of the output while the slope is at least 90 % of the ideal one, around the steepest stretch of the sweep.
double output_swing(const MeasureArguments& arguments) {
  const Curve output = arguments.curve(arguments.analysis("analysis"), arguments.text("output"), 5);
  const double ideal = arguments.number("slope");
  Curve margin = output.slopes();
  for (double& slope : margin.y) slope = slope / ideal - 0.9;
  // The longest run of good slopes; a sweep may have a stray one elsewhere.
  std::size_t best = 0, best_length = 0, length = 0;
  for (std::size_t i = 0; i < margin.size(); ++i) {
    length = margin.y[i] > 0 ? length + 1 : 0;
    if (length > best_length) {
      best_length = length;
      best = i - length / 2;
    }
  }
  if (best_length == 0) throw NotMeasurable{"the slope is nowhere 90 % of the ideal one"};
  const Range range = positive_range(margin, margin.x[best], output.x.front(), output.x.back());
  return std::abs(output.value(range.high) - output.value(range.low)) / arguments.parameter("vdd");
}

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
       true},
      {{"icmr_low",
        "share of Vdd",
        "Lowest input at which the unity-gain buffer still has a slope within 10 % and an error below 3 % of Vdd.",
        {kSweep},
        {kOutput, kCenter}},
       {"output"},
       icmr_low,
       true},
      {{"icmr_high",
        "share of Vdd",
        "Highest input at which the unity-gain buffer still has a slope within 10 % and an error below 3 % of Vdd.",
        {kSweep},
        {kOutput, kCenter}},
       {"output"},
       icmr_high,
       true},
  };
}

}  // namespace exturbo::spice
