// Published test functions: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "benchmark_problems.hpp"

#include <array>
#include <cmath>
#include <numbers>

namespace exturbo::bench {
namespace {

using bo::Outcome;
constexpr double kPi = std::numbers::pi;

double square(double v) { return v * v; }

std::vector<bo::Dimension> box(std::size_t d, double lower, double upper) {
  std::vector<bo::Dimension> space;
  for (std::size_t i = 0; i < d; ++i) space.push_back({"x" + std::to_string(i + 1), lower, upper});
  return space;
}

std::vector<bo::Dimension> box(const std::vector<std::array<double, 2>>& bounds) {
  std::vector<bo::Dimension> space;
  for (const auto& b : bounds) space.push_back({"x" + std::to_string(space.size() + 1), b[0], b[1]});
  return space;
}

double ackley_value(const std::vector<double>& x) {
  double squares = 0;
  double cosines = 0;
  for (const double v : x) {
    squares += v * v;
    cosines += std::cos(2 * kPi * v);
  }
  const double d = static_cast<double>(x.size());
  return -20 * std::exp(-0.2 * std::sqrt(squares / d)) - std::exp(cosines / d) + 20 + std::numbers::e;
}

Outcome ackley(const std::vector<double>& x) { return {false, ackley_value(x), {}}; }

/// Sum and norm of x bounded (Eriksson & Poloczek 2021).
Outcome constrained_ackley(const std::vector<double>& x) {
  double sum = 0;
  double squares = 0;
  for (const double v : x) {
    sum += v;
    squares += v * v;
  }
  return {false, ackley_value(x), {sum, std::sqrt(squares) - 5}};
}

Outcome levy(const std::vector<double>& x) {
  const auto w = [&](std::size_t i) { return 1 + (x[i] - 1) / 4; };
  double sum = square(std::sin(kPi * w(0)));
  const std::size_t last = x.size() - 1;
  for (std::size_t i = 0; i < last; ++i) sum += square(w(i) - 1) * (1 + 10 * square(std::sin(kPi * w(i) + 1)));
  sum += square(w(last) - 1) * (1 + square(std::sin(2 * kPi * w(last))));
  return {false, sum, {}};
}

Outcome rastrigin(const std::vector<double>& x) {
  double sum = 10 * static_cast<double>(x.size());
  for (const double v : x) sum += v * v - 10 * std::cos(2 * kPi * v);
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

Outcome pressure_vessel(const std::vector<double>& x) {
  const double a = std::round(x[0] / 0.0625) * 0.0625;
  const double b = std::round(x[1] / 0.0625) * 0.0625;
  const double r = x[2];
  const double l = x[3];
  const double cost = 0.6224 * a * r * l + 1.7781 * b * r * r + 3.1661 * a * a * l + 19.84 * a * a * r;
  return {false,
          cost,
          {-x[0] + 0.0193 * r, -x[1] + 0.00954 * r, -kPi * r * r * l - 4.0 / 3.0 * kPi * r * r * r + 1296000, l - 240}};
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

}  // namespace

const std::vector<BenchmarkProblem>& benchmark_problems() {
  static const std::vector<BenchmarkProblem> problems{
      {"ackley10c", box(10, -5, 10), 2, constrained_ackley, 200, 4},
      {"pressure_vessel", box({{0, 10}, {0, 10}, {10, 50}, {150, 200}}), 4, pressure_vessel, 200, 4},
      {"welded_beam", box({{0.125, 10}, {0.1, 10}, {0.1, 10}, {0.1, 10}}), 6, welded_beam, 200, 4},
      {"speed_reducer", box({{2.6, 3.6}, {0.7, 0.8}, {17, 28}, {7.3, 8.3}, {7.8, 8.3}, {2.9, 3.9}, {5, 5.5}}), 11,
       speed_reducer, 200, 4},
      {"hartmann6", box(6, 0, 1), 0, hartmann6, 200, 10},
      {"ackley20", box(20, -5, 10), 0, ackley, 500, 10},
      {"levy20", box(20, -5, 10), 0, levy, 500, 10},
      {"rastrigin20", box(20, -5, 10), 0, rastrigin, 500, 10},
  };
  return problems;
}

}  // namespace exturbo::bench
