// Functions whose Sobol' indices are known: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "support/known_indices.hpp"

#include <cmath>
#include <memory>
#include <numbers>
#include <utility>

#include "exturbo/gp/fit.hpp"
#include "exturbo/gp/gaussian_process.hpp"
#include "exturbo/gp/sobol.hpp"

namespace exturbo {
namespace {

/// A function of one point as one of many.
template <class Function>
sensitivity::CubeFunction each_point(const Function& function) {
  return [function](const Eigen::MatrixXd& points) {
    Eigen::VectorXd values(points.cols());
    for (Eigen::Index n = 0; n < points.cols(); ++n) values[n] = function(points.col(n));
    return values;
  };
}

}  // namespace

KnownFunction ishigami() {
  constexpr double kA = 7, kB = 0.1;
  KnownFunction known;
  known.name = "ishigami";
  known.function = each_point([](const auto& u) {
    const Eigen::Array3d x = std::numbers::pi * (2 * u.array() - 1);
    return std::sin(x[0]) * (1 + kB * std::pow(x[2], 4)) + kA * std::pow(std::sin(x[1]), 2);
  });
  const double pi4 = std::pow(std::numbers::pi, 4);
  const double v1 = 0.5 * std::pow(1 + kB * pi4 / 5, 2);
  const double v2 = kA * kA / 8;
  const double v13 = 8 * kB * kB * pi4 * pi4 / 225;
  const double v = v1 + v2 + v13;
  known.first = Eigen::Vector3d(v1, v2, 0) / v;
  known.total = Eigen::Vector3d(v1 + v13, v2, v13) / v;
  known.second = Eigen::MatrixXd::Zero(3, 3);
  known.second(0, 2) = v13 / v;
  return known;
}

KnownFunction g_function() {
  Eigen::ArrayXd a(8);
  a << 0, 1, 4.5, 9, 99, 99, 99, 99;
  KnownFunction known;
  known.name = "g";
  known.function = each_point([a](const auto& x) { return (((4 * x.array() - 2).abs() + a) / (1 + a)).prod(); });
  const Eigen::ArrayXd parts = 1 / (3 * (1 + a).square());
  const double product = (1 + parts).prod();
  const double v = product - 1;
  known.first = parts / v;
  known.total = parts / (1 + parts) * product / v;
  known.second = (known.first * known.first.transpose() * v).triangularView<Eigen::StrictlyUpper>();
  return known;
}

KnownFunction borehole() {
  KnownFunction known;
  known.name = "borehole";
  known.function = each_point([](const auto& u) {
    const auto in = [&](Eigen::Index i, double low, double high) { return low + (high - low) * u[i]; };
    const double radius = in(0, 0.05, 0.15);
    const double logarithm = std::log(in(1, 100, 50000) / radius);
    const double upper = in(2, 63070, 115600), upper_head = in(3, 990, 1110);
    const double lower = in(4, 63.1, 116), lower_head = in(5, 700, 820);
    const double length = in(6, 1120, 1680), conductivity = in(7, 9855, 12045);
    const double leak = 2 * length * upper / (logarithm * radius * radius * conductivity);
    return 2 * std::numbers::pi * upper * (upper_head - lower_head) / (logarithm * (1 + leak + upper / lower));
  });
  known.first.resize(8);
  known.first << 0.82892, 0, 0, 0.04138, 0.00001, 0.04139, 0.03934, 0.00952;
  known.total.resize(8);
  known.total << 0.86684, 0, 0, 0.05411, 0.00001, 0.05411, 0.05208, 0.01273;
  return known;
}

sensitivity::CubeFunction posterior_mean(const KnownFunction& known, Eigen::Index n) {
  const Eigen::MatrixXd points = gp::sobol_points(known.first.size(), n);
  Eigen::VectorXd targets = known.function(points);
  targets.array() -= targets.mean();
  targets /= std::sqrt(targets.squaredNorm() / static_cast<double>(n));
  const auto process = std::make_shared<gp::GaussianProcess>();
  process->condition(points, targets, gp::fit(points, targets).hyperparameters);
  return [process](const Eigen::MatrixXd& where) {
    Eigen::VectorXd mean;
    process->posterior(where, mean, nullptr);
    return mean;
  };
}

}  // namespace exturbo
