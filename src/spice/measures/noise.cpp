// Input-referred noise density.
// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>

#include "measure.hpp"

namespace exturbo::spice {
namespace {

/// Interpolated in log-log, where flicker and white noise are straight lines.
double input_noise(const MeasureArguments& arguments) {
  const AnalysisData& analysis = arguments.analysis("analysis");
  const Curve density = arguments.curve(analysis, "inoise_spectrum", 1);
  Curve logarithmic;
  for (std::size_t i = 0; i < density.size(); ++i) {
    if (!(density.x[i] > 0) || !(density.y[i] > 0)) throw NotMeasurable{"the noise density is not positive"};
    logarithmic.x.push_back(std::log(density.x[i]));
    logarithmic.y.push_back(std::log(density.y[i]));
  }
  const double position = std::log(arguments.number("frequency"));
  if (position < logarithmic.x.front() - 1e-9 || position > logarithmic.x.back() + 1e-9) {
    throw NotMeasurable{"the noise analysis does not reach the frequency"};
  }
  return std::exp(logarithmic.value(position));
}

std::vector<Window> read_at(const MeasureArguments& arguments) {
  const double frequency = arguments.number("frequency");
  return {{frequency, frequency}};
}

Measure input_noise_at(const char* name, const char* definition, const char* frequency) {
  return {{name,
           "V/sqrt(Hz)",
           definition,
           {{"analysis", "noise", "noise"}},
           {{"frequency", frequency, "Hz at which the density is read"}}},
          {},
          input_noise,
          false,
          read_at};
}

}  // namespace

std::vector<Measure> noise_measures() {
  return {input_noise_at("input_noise", "Input-referred noise density at 1 kHz.", "1k"),
          input_noise_at("input_noise_1meg", "Input-referred noise density at 1 MHz.", "1meg")};
}

}  // namespace exturbo::spice
