// Simulated slopes at the design: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "design_slopes.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "exturbo/sizing/cost.hpp"

namespace exturbo::sensitivity {
namespace {

constexpr double kShort = 0.005, kLong = 0.02;  ///< Steps, in the unit cube.
constexpr double kAgreement = 0.1;              ///< Of the two differences, relative: no noise and little curvature.

/// The four offsets of a variable from the design, and which side they lie on.
struct Stencil {
  char side = 0;
  std::array<double, 4> offsets{-kLong, -kShort, kShort, kLong};
};

Stencil stencil_at(double u) {
  if (u - kLong < 0) return {+1, {kShort, 2 * kShort, kLong, 2 * kLong}};
  if (u + kLong > 1) return {-1, {-kShort, -2 * kShort, -kLong, -2 * kLong}};
  return {};
}

/// Difference quotients with the short and the long step. \param f values at the offsets. \param centre at the design.
std::pair<double, double> quotients(const Stencil& stencil, const std::array<double, 4>& f, double centre) {
  if (stencil.side == 0) return {(f[2] - f[1]) / (2 * kShort), (f[3] - f[0]) / (2 * kLong)};
  // Three points to one side: second order as well.
  const auto one_sided = [&](double h, double near, double far) { return (4 * near - 3 * centre - far) / (2 * h); };
  return {one_sided(stencil.side * kShort, f[0], f[1]), one_sided(stencil.side * kLong, f[2], f[3])};
}

Slope slope_of(const Stencil& stencil, const std::array<double, 4>& values, double centre) {
  const auto [fine, coarse] = quotients(stencil, values, centre);
  const double ratio = kLong / kShort;
  const double gap = std::abs(fine - coarse);
  const bool agree = gap <= kAgreement * std::max(std::abs(fine), std::abs(coarse));
  Slope slope;
  slope.side = stencil.side;
  slope.derivative = agree ? fine + (fine - coarse) / (ratio * ratio - 1) : coarse;
  slope.error = agree ? gap / (ratio * ratio - 1) : gap;
  return slope;
}

/// d ln x / d u of a variable at x.
double relative_rate(const bo::Dimension& dimension, double x) {
  return dimension.scale == bo::Scale::kLog ? std::log(dimension.upper / dimension.lower)
                                            : (dimension.upper - dimension.lower) / x;
}

bool is_logarithmic(const std::string& unit) { return unit == "dB" || unit == "deg"; }

}  // namespace

DesignSlopes design_slopes(const problem::Problem& problem, sizing::DesignEvaluator& evaluator,
                           const Eigen::VectorXd& unit) {
  const bo::SearchSpace space = sizing::search_space(problem);
  const Eigen::Index d = unit.size();
  DesignSlopes result;
  result.points.resize(d, 4 * d);
  std::vector<std::vector<double>> designs{space.exact_values(to_vector(unit))};
  std::vector<Stencil> stencils;
  for (Eigen::Index j = 0; j < d; ++j) {
    stencils.push_back(stencil_at(unit[j]));
    for (std::size_t k = 0; k < 4; ++k) {
      Eigen::VectorXd point = unit;
      point[j] += stencils.back().offsets[k];
      result.points.col(4 * j + static_cast<Eigen::Index>(k)) = point;
      designs.push_back(space.exact_values(to_vector(point)));
    }
  }
  result.around = evaluator.evaluate(designs);
  result.design = std::move(result.around.front());
  result.around.erase(result.around.begin());
  for (const problem::MetricDefinition& metric : problem.metrics) {
    const double centre = metric_value(result.design, metric.id);
    auto& slopes = result.metrics[metric.id];
    slopes.resize(static_cast<std::size_t>(d));
    if (std::isnan(centre)) continue;
    for (std::size_t j = 0; j < slopes.size(); ++j) {
      std::array<double, 4> values{};
      for (std::size_t k = 0; k < 4; ++k) values[k] = metric_value(result.around[4 * j + k], metric.id);
      if (std::any_of(values.begin(), values.end(), [](double value) { return std::isnan(value); })) continue;
      Slope slope = slope_of(stencils[j], values, centre);
      const double x = designs.front()[j];
      if (!is_logarithmic(metric.unit) && centre != 0 && x != 0)
        slope.elasticity = slope.derivative / (centre * relative_rate(space.dimensions()[j], x));
      slopes[j] = slope;
    }
  }
  return result;
}

}  // namespace exturbo::sensitivity
