// Measures of the operating point: offset and power.
// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>

#include "measure.hpp"

namespace exturbo::spice {
namespace {

double offset(const MeasureArguments& arguments) {
  return std::abs(arguments.operating_point(arguments.text("positive")) -
                  arguments.operating_point(arguments.text("negative")));
}

/// ngspice counts current into the positive terminal of a source: a supply that delivers has a negative one.
double power(const MeasureArguments& arguments) {
  return -arguments.operating_point(arguments.text("source") + "#branch") * arguments.parameter("vdd");
}

}  // namespace

std::vector<Measure> op_measures() {
  return {
      {{"offset",
        "V",
        "Magnitude of the systematic input offset with the loop closed at DC.",
        {},
        {{"positive", "inp", "node of the non-inverting input"}, {"negative", "inn", "node of the inverting input"}}},
       {"positive", "negative"},
       offset},
      {{"power",
        "W",
        "Supply voltage times all current out of the supply, the reference included.",
        {},
        {{"source", "vdd", "voltage source of the supply, whose voltage is the parameter vdd"}}},
       {},
       power,
       true},
  };
}

}  // namespace exturbo::spice
