// Functions without constraints: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "unconstrained.hpp"

#include <cmath>
#include <numbers>

#include "square.hpp"

namespace exturbo::bench {
using bo::Outcome;

double ackley_value(const std::vector<double>& x) {
  double squares = 0;
  double cosines = 0;
  for (const double v : x) {
    squares += v * v;
    cosines += std::cos(2 * std::numbers::pi * v);
  }
  const double d = static_cast<double>(x.size());
  return -20 * std::exp(-0.2 * std::sqrt(squares / d)) - std::exp(cosines / d) + 20 + std::numbers::e;
}

Outcome ackley(const std::vector<double>& x) { return {false, ackley_value(x), {}}; }

Outcome levy(const std::vector<double>& x) {
  const auto w = [&](std::size_t i) { return 1 + (x[i] - 1) / 4; };
  double sum = square(std::sin(std::numbers::pi * w(0)));
  const std::size_t last = x.size() - 1;
  for (std::size_t i = 0; i < last; ++i)
    sum += square(w(i) - 1) * (1 + 10 * square(std::sin(std::numbers::pi * w(i) + 1)));
  sum += square(w(last) - 1) * (1 + square(std::sin(2 * std::numbers::pi * w(last))));
  return {false, sum, {}};
}

double rastrigin_value(const std::vector<double>& x) {
  double sum = 10 * static_cast<double>(x.size());
  for (const double v : x) sum += v * v - 10 * std::cos(2 * std::numbers::pi * v);
  return sum;
}

Outcome rastrigin(const std::vector<double>& x) { return {false, rastrigin_value(x), {}}; }

Outcome rosenbrock(const std::vector<double>& x) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < x.size(); ++i) sum += 100 * square(x[i + 1] - x[i] * x[i]) + square(1 - x[i]);
  return {false, sum, {}};
}

Outcome hartmann6(const std::vector<double>& x) {
  static constexpr double kAlpha[4] = {1.0, 1.2, 3.0, 3.2};
  static constexpr double kA[4][6] = {
      {10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}};
  static constexpr double kP[4][6] = {{0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886},
                                      {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
                                      {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650},
                                      {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}};
  double value = 0;
  for (int i = 0; i < 4; ++i) {
    double distance = 0;
    for (std::size_t j = 0; j < 6; ++j) distance += kA[i][j] * square(x[j] - kP[i][j]);
    value -= kAlpha[i] * std::exp(-distance);
  }
  return {false, value, {}};
}

}  // namespace exturbo::bench
