// Functions without constraints that nothing was tuned on: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "held_out_unconstrained.hpp"

#include <Eigen/QR>
#include <cmath>
#include <map>

#include "exturbo/core/random.hpp"
#include "unconstrained.hpp"

namespace exturbo::bench {
namespace {

using bo::Outcome;

constexpr std::uint64_t kYear = 2005;  ///< Names the streams of the shift and the rotation; no run's rng seed is near.

/// The orthogonal factor of a matrix of normal numbers is uniform among the orthogonal matrices, up to signs.
Eigen::MatrixXd rotation(std::size_t d) {
  core::RandomStream stream(kYear, d, core::Purpose::kTest);
  const auto size = static_cast<Eigen::Index>(d);
  const Eigen::MatrixXd normal = Eigen::MatrixXd::NullaryExpr(size, size, [&] { return stream.normal(); });
  return normal.householderQr().householderQ();
}

std::vector<double> turned(const std::vector<double>& x) {
  struct Frame {
    Eigen::VectorXd shift;
    Eigen::MatrixXd rotation;
  };
  // One thread runs a bench.
  static std::map<std::size_t, Frame> frames;
  Frame& frame = frames[x.size()];
  if (frame.shift.size() == 0) {
    const std::vector<double> shift = turned_optimum(x.size());
    frame = {Eigen::Map<const Eigen::VectorXd>(shift.data(), static_cast<Eigen::Index>(shift.size())),
             rotation(x.size())};
  }
  const Eigen::Map<const Eigen::VectorXd> point(x.data(), static_cast<Eigen::Index>(x.size()));
  const Eigen::VectorXd result = frame.rotation * (point - frame.shift);
  return {result.begin(), result.end()};
}

}  // namespace

std::vector<double> turned_optimum(std::size_t d) {
  core::RandomStream stream(kYear + 1, d, core::Purpose::kTest);
  std::vector<double> shift(d);
  for (double& v : shift) v = -3 + 6 * stream.uniform();
  return shift;
}

Outcome turned_ackley(const std::vector<double>& x) { return {false, ackley_value(turned(x)), {}}; }

Outcome turned_rastrigin(const std::vector<double>& x) { return {false, rastrigin_value(turned(x)), {}}; }

Outcome griewank(const std::vector<double>& x) {
  double squares = 0;
  double cosines = 1;
  for (std::size_t i = 0; i < x.size(); ++i) {
    squares += x[i] * x[i];
    cosines *= std::cos(x[i] / std::sqrt(static_cast<double>(i + 1)));
  }
  return {false, squares / 4000 - cosines + 1, {}};
}

Outcome styblinski_tang(const std::vector<double>& x) {
  double sum = 0;
  for (const double v : x) sum += 0.5 * (v * v * v * v - 16 * v * v + 5 * v);
  return {false, sum, {}};
}

Outcome sparse_hartmann6(const std::vector<double>& x) {
  std::vector<double> active;
  for (std::size_t i = 0; i < 6; ++i) active.push_back(x[3 * i + 1]);
  return hartmann6(active);
}

Outcome gear_train(const std::vector<double>& x) {
  const double error = 1 / 6.931 - x[0] * x[1] / (x[2] * x[3]);
  return {false, error * error, {}};
}

}  // namespace exturbo::bench
