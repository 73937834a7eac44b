// Functions with constraints: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "constrained.hpp"

#include <cmath>
#include <numbers>

#include "square.hpp"
#include "unconstrained.hpp"

namespace exturbo::bench {
using bo::Outcome;

Outcome constrained_ackley(const std::vector<double>& x) {
  double sum = 0;
  double squares = 0;
  for (const double v : x) {
    sum += v;
    squares += v * v;
  }
  return {false, ackley_value(x), {sum, std::sqrt(squares) - 5}};
}

Outcome pressure_vessel(const std::vector<double>& x) {
  const double a = std::round(x[0] / 0.0625) * 0.0625;
  const double b = std::round(x[1] / 0.0625) * 0.0625;
  const double r = x[2];
  const double l = x[3];
  const double cost = 0.6224 * a * r * l + 1.7781 * b * r * r + 3.1661 * a * a * l + 19.84 * a * a * r;
  return {false,
          cost,
          {-x[0] + 0.0193 * r, -x[1] + 0.00954 * r,
           -std::numbers::pi * r * r * l - 4.0 / 3.0 * std::numbers::pi * r * r * r + 1296000, l - 240}};
}

Outcome welded_beam(const std::vector<double>& x) {
  constexpr double kLoad = 6000, kSpan = 14, kYoung = 30e6, kShear = 12e6;
  const double h = x[0], l = x[1], t = x[2], b = x[3];
  const double cost = 1.10471 * h * h * l + 0.04811 * t * b * (kSpan + l);
  const double moment = kLoad * (kSpan + l / 2);
  const double radius = std::sqrt((l * l + square(h + t)) / 4);
  const double inertia = 2 * std::sqrt(2.0) * h * l * (l * l / 12 + square(h + t) / 4);
  const double direct = kLoad / (std::sqrt(2.0) * h * l);
  const double bending = moment * radius / inertia;
  const double shear = std::sqrt(direct * direct + direct * bending * l / radius + bending * bending);
  const double buckling =
      4.013 * kYoung * t * b * b * b * 6 * (1 - 0.25 * t * std::sqrt(kYoung / kShear) / kSpan) / (kSpan * kSpan);
  return {false,
          cost,
          {shear - 13600, 6 * kLoad * kSpan / (b * t * t) - 30000, h - b,
           0.10471 * h * h + 0.04811 * t * b * (kSpan + l) - 5,
           4 * kLoad * kSpan * kSpan * kSpan / (kYoung * t * t * t * b) - 0.25, kLoad - buckling}};
}

Outcome speed_reducer(const std::vector<double>& x) {
  const double x1 = x[0], x2 = x[1], x3 = x[2], x4 = x[3], x5 = x[4], x6 = x[5], x7 = x[6];
  const double cost = 0.7854 * x1 * x2 * x2 * (3.3333 * x3 * x3 + 14.9334 * x3 - 43.0934) -
                      1.508 * x1 * (x6 * x6 + x7 * x7) + 7.4777 * (x6 * x6 * x6 + x7 * x7 * x7) +
                      0.7854 * (x4 * x6 * x6 + x5 * x7 * x7);
  return {false,
          cost,
          {27 / (x1 * x2 * x2 * x3) - 1, 397.5 / (x1 * x2 * x2 * x3 * x3) - 1,
           1.93 * x4 * x4 * x4 / (x2 * x3 * std::pow(x6, 4)) - 1, 1.93 * x5 * x5 * x5 / (x2 * x3 * std::pow(x7, 4)) - 1,
           std::sqrt(square(745 * x4 / (x2 * x3)) + 16.9e6) / (0.1 * x6 * x6 * x6) - 1100,
           std::sqrt(square(745 * x5 / (x2 * x3)) + 157.5e6) / (0.1 * x7 * x7 * x7) - 850, x2 * x3 - 40, 5 - x1 / x2,
           x1 / x2 - 12, (1.5 * x6 + 1.9) / x4 - 1, (1.1 * x7 + 1.9) / x5 - 1}};
}

}  // namespace exturbo::bench
