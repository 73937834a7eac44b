// Functions with constraints that nothing was tuned on: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "held_out_constrained.hpp"

#include <cmath>

#include "square.hpp"

namespace exturbo::bench {
using bo::Outcome;

Outcome spring(const std::vector<double>& x) {
  const double d = x[0], coil = x[1], turns = x[2];
  return {false,
          (turns + 2) * coil * d * d,
          {1 - coil * coil * coil * turns / (71785 * std::pow(d, 4)),
           (4 * coil * coil - d * coil) / (12566 * (coil * d * d * d - std::pow(d, 4))) + 1 / (5108 * d * d) - 1,
           1 - 140.45 * d / (coil * coil * turns), (d + coil) / 1.5 - 1}};
}

Outcome townsend(const std::vector<double>& x) {
  const double objective = -square(std::cos((x[0] - 0.1) * x[1])) - x[0] * std::sin(3 * x[0] + x[1]);
  const double t = std::atan2(x[0], x[1]);
  const double across = 2 * std::cos(t) - std::cos(2 * t) / 2 - std::cos(3 * t) / 4 - std::cos(4 * t) / 8;
  return {false, objective, {x[0] * x[0] + x[1] * x[1] - square(across) - square(2 * std::sin(t))}};
}

Outcome gas_transmission(const std::vector<double>& x) {
  const double objective = 8.61e5 * std::sqrt(x[0]) * x[1] * std::pow(x[2], -2.0 / 3) / std::sqrt(x[3]) +
                           3.69e4 * x[2] + 7.72e8 * std::pow(x[1], 0.219) / x[0] - 765.43e6 / x[0];
  return {false, objective, {x[3] / square(x[1]) + 1 / square(x[1]) - 1}};
}

Outcome heat_exchanger(const std::vector<double>& x) {
  return {false,
          x[0] + x[1] + x[2],
          {-1 + 0.0025 * (x[3] + x[5]), -1 + 0.0025 * (x[4] + x[6] - x[3]), -1 + 0.01 * (x[7] - x[4]),
           -x[0] * x[5] + 833.33252 * x[3] + 100 * x[0] - 83333.333,
           -x[1] * x[6] + 1250 * x[4] + x[1] * x[3] - 1250 * x[3], -x[2] * x[7] + 1250000 + x[2] * x[4] - 2500 * x[4]}};
}

Outcome process_synthesis(const std::vector<double>& x) {
  const double x1 = x[0], x2 = x[1], x3 = x[2], y1 = x[3], y2 = x[4], y3 = x[5], y4 = x[6];
  return {false,
          square(y1 - 1) + square(y2 - 2) + square(y3 - 1) - std::log(y4 + 1) + square(x1 - 1) + square(x2 - 2) +
              square(x3 - 3),
          {y1 + y2 + y3 + x1 + x2 + x3 - 5, y3 * y3 + x1 * x1 + x2 * x2 + x3 * x3 - 5.5, y1 + x1 - 1.2, y2 + x2 - 1.8,
           y3 + x3 - 2.5, y4 + x1 - 1.2, y2 * y2 + x2 * x2 - 1.64, y3 * y3 + x3 * x3 - 4.25, y2 * y2 + x3 * x3 - 4.64}};
}

}  // namespace exturbo::bench
