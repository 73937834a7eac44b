// Acquisition functions in the logarithm: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "acquisition.hpp"

#include <cmath>
#include <functional>
#include <numbers>

#include "scaled_box.hpp"

namespace exturbo::bo {
namespace {

constexpr double kFar = -20;  // below it the tails' asymptotic series have more digits than erfc leaves
constexpr double kLogRootTwoPi = 0.91893853320467274178;
// A model that is sure to all digits would make a cliff of its constraint.
constexpr double kLeastDeviation = 0.02;
constexpr int kEvaluations = 60;

double normal_density(double z) { return std::exp(-0.5 * z * z - kLogRootTwoPi); }
double normal_cdf(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

using Acquisition = std::function<double(const Eigen::VectorXd& x, Eigen::VectorXd& gradient)>;

Eigen::VectorXd maximise(const Acquisition& acquisition, const Box& box, const Eigen::VectorXd& start,
                         const Eigen::VectorXd& other) {
  const ScaledBox scaled(box);
  const auto negative = [&](const Eigen::VectorXd& t, Eigen::VectorXd& gradient) {
    const double value = acquisition(scaled.to_unit(t), gradient);
    gradient = -gradient.cwiseProduct(scaled.width());
    return -value;
  };
  linalg::MinimiseOptions options;
  options.max_evaluations = kEvaluations;
  const auto first = minimise_in_unit_box(negative, scaled.from_unit(start), options);
  const auto second = minimise_in_unit_box(negative, scaled.from_unit(other), options);
  return scaled.to_unit(second.value < first.value ? second.x : first.x);
}

}  // namespace

double log_normal_cdf(double z, double* slope) {
  if (z > kFar) {
    const double cdf = normal_cdf(z);
    if (slope != nullptr) *slope = normal_density(z) / cdf;
    return std::log(cdf);
  }
  const double r = 1 / (z * z);
  const double mills = 1 - r * (1 - 3 * r * (1 - 5 * r * (1 - 7 * r)));  // Phi(z) = phi(z) / |z| times this
  if (slope != nullptr) *slope = -z / mills;
  return -0.5 * z * z - kLogRootTwoPi - std::log(-z) + std::log(mills);
}

double log_improvement(double z, double* slope) {
  if (z > kFar / 4) {
    const double h = normal_density(z) + z * normal_cdf(z);
    if (slope != nullptr) *slope = normal_cdf(z) / h;
    return std::log(h);
  }
  // h(z) = phi(z) (1 - |z| Phi(z) / phi(z)); continued fraction of Mills' ratio, backwards.
  double tail = 0;
  for (int k = 60; k >= 2; --k) tail = k / (-z + tail);
  const double first = 1 / (-z + tail);   // 1 - |z| m = m f with m = 1 / (|z| + f)
  const double mills = 1 / (-z + first);  // Phi(z) / phi(z)
  const double rest = mills * first;
  if (slope != nullptr) *slope = mills / rest;
  return -0.5 * z * z - kLogRootTwoPi + std::log(rest);
}

double log_feasibility(const SurrogateSet& models, const Eigen::VectorXd& x, Eigen::VectorXd& gradient) {
  double sum = 0;
  gradient.setZero(x.size());
  Eigen::VectorXd mean_slope(x.size());
  Eigen::VectorXd variance_slope(x.size());
  for (int j = 1; j < models.size(); ++j) {
    const Surrogate& s = models.outputs()[static_cast<std::size_t>(j)];
    const double mean = s.offset / s.deviation + s.process.mean_at(x, &mean_slope);
    const double variance = s.process.variance_at(x, &variance_slope) + kLeastDeviation * kLeastDeviation;
    const double deviation = std::sqrt(variance);
    double slope = 0;
    sum += log_normal_cdf(-mean / deviation, &slope);
    gradient -= slope / deviation * (mean_slope - 0.5 * mean / variance * variance_slope);
  }
  return sum;
}

double log_expected_improvement(const SurrogateSet& models, double best, const Eigen::VectorXd& x,
                                Eigen::VectorXd& gradient) {
  const Surrogate& s = models.outputs().front();
  Eigen::VectorXd mean_slope(x.size());
  Eigen::VectorXd variance_slope(x.size());
  const double mean = s.process.mean_at(x, &mean_slope);
  const double variance = s.process.variance_at(x, &variance_slope) + 1e-12;
  const double deviation = std::sqrt(variance);
  const double z = (best - mean) / deviation;
  double slope = 0;
  const double value = log_improvement(z, &slope) + std::log(deviation);
  gradient = -slope / deviation * mean_slope + 0.5 / variance * (1 - slope * z) * variance_slope;
  return value;
}

Eigen::VectorXd maximise_feasibility(const SurrogateSet& models, const Box& box, const Eigen::VectorXd& start,
                                     const Eigen::VectorXd& other) {
  return maximise([&](const Eigen::VectorXd& x, Eigen::VectorXd& g) { return log_feasibility(models, x, g); }, box,
                  start, other);
}

Eigen::VectorXd maximise_expected_improvement(const SurrogateSet& models, double best, const Box& box,
                                              const Eigen::VectorXd& start, const Eigen::VectorXd& other) {
  const auto both = [&](const Eigen::VectorXd& x, Eigen::VectorXd& gradient) {
    Eigen::VectorXd improvement_slope(x.size());
    const double feasibility = log_feasibility(models, x, gradient);
    const double improvement = log_expected_improvement(models, best, x, improvement_slope);
    gradient += improvement_slope;
    return feasibility + improvement;
  };
  return maximise(both, box, start, other);
}

}  // namespace exturbo::bo
