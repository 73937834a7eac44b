// Relevance of variables: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/sensitivity/relevance.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <tuple>
#include <utility>

#include "exturbo/core/random.hpp"
#include "exturbo/gp/fit.hpp"
#include "exturbo/gp/marginal_likelihood.hpp"

namespace exturbo::sensitivity {
namespace {

constexpr double kCurvatureStep = 1e-2;  ///< In log length-scale.
constexpr int kFitEvaluations = 60;      ///< More change no ranking.
constexpr int kDraws = 400;
constexpr Eigen::Index kLeastPoints = 3;
constexpr double kTail = 0.05;  ///< Of a 90 % interval, each.

struct Rows {
  Eigen::MatrixXd points;  // d x m
  Eigen::VectorXd values;  // m
};

Rows finite_rows(const Eigen::MatrixXd& points, const Eigen::VectorXd& values) {
  std::vector<Eigen::Index> rows;
  for (Eigen::Index i = 0; i < values.size(); ++i) {
    if (std::isfinite(values[i])) rows.push_back(i);
  }
  return {points(Eigen::all, rows), values(rows)};
}

/// The shares of 1 / length-scale.
Eigen::ArrayXd shares(const Eigen::ArrayXd& lengthscales) {
  const Eigen::ArrayXd inverse = lengthscales.inverse();
  return inverse / inverse.sum();
}

/// Sets the intervals: draws of log length-scales from the normal distribution that has the curvature of the log
/// posterior at its mode, the other hyperparameters fixed there.
void set_intervals(const Eigen::MatrixXd& points, const Eigen::VectorXd& targets, const gp::Hyperparameters& mode,
                   std::vector<VariableRelevance>& variables) {
  const Eigen::Index d = points.rows();
  gp::MarginalLikelihood likelihood(points, targets);
  const gp::Prior prior = gp::Prior::defaults(d);
  const Eigen::VectorXd centre = gp::to_log(mode);
  Eigen::MatrixXd curvature(d, d);
  Eigen::VectorXd at_mode, beside;
  likelihood.evaluate(centre, &at_mode, &prior);
  for (Eigen::Index j = 0; j < d; ++j) {
    Eigen::VectorXd theta = centre;
    theta[j] += kCurvatureStep;
    likelihood.evaluate(theta, &beside, &prior);
    curvature.col(j) = (at_mode.head(d) - beside.head(d)) / kCurvatureStep;
  }
  curvature = (0.5 * (curvature + curvature.transpose())).eval();
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(curvature);
  // At a bound, or where a fit stopped early, there are directions without curvature: they are as wide as the prior's.
  const double least = 1 / (prior.lengthscale_spread * prior.lengthscale_spread);
  const Eigen::MatrixXd root =
      solver.eigenvectors() * solver.eigenvalues().cwiseMax(least).cwiseSqrt().cwiseInverse().asDiagonal();
  core::RandomStream stream(0, 3, core::Purpose::kSensitivity);
  Eigen::MatrixXd drawn(kDraws, d);
  for (int k = 0; k < kDraws; ++k) {
    Eigen::VectorXd z(d);
    for (double& value : z) value = stream.normal();
    drawn.row(k) = shares((centre.head(d) + root * z).array().exp()).transpose();
  }
  const auto tail = static_cast<Eigen::Index>(kTail * kDraws);
  for (Eigen::Index j = 0; j < d; ++j) {
    std::sort(drawn.col(j).begin(), drawn.col(j).end());
    VariableRelevance& variable = variables[static_cast<std::size_t>(j)];
    variable.low = std::min(drawn(tail, j), variable.relevance);
    variable.high = std::max(drawn(kDraws - 1 - tail, j), variable.relevance);
  }
}

/// How values were standardised.
struct Standard {
  bool logarithm = false;
  double offset = 0, deviation = 1;
};

/// Transforms positive values of a ratio by ln, and standardises all; nothing where they do not differ.
std::optional<Standard> standardise(Eigen::VectorXd& values, bool ratio) {
  Standard standard;
  standard.logarithm = ratio && values.minCoeff() > 0;
  if (standard.logarithm) values = values.array().log();
  standard.offset = values.mean();
  values.array() -= standard.offset;
  standard.deviation = std::sqrt(values.squaredNorm() / static_cast<double>(values.size() - 1));
  if (!(standard.deviation > 1e-12 * (1e-3 + std::abs(standard.offset)))) return std::nullopt;
  values /= standard.deviation;
  return standard;
}

}  // namespace

OutputModel::OutputModel(const Eigen::MatrixXd& points, const Eigen::VectorXd& values, bool ratio) {
  Rows rows = finite_rows(points, values);
  if (rows.values.size() < kLeastPoints) return;
  const std::optional<Standard> standard = standardise(rows.values, ratio);
  if (!standard) {
    status_ = FitStatus::kConstant;
    return;
  }
  logarithm_ = standard->logarithm;
  offset_ = standard->offset;
  deviation_ = standard->deviation;
  gp::FitOptions options;
  options.trend = true;
  options.max_evaluations = kFitEvaluations;
  const gp::FitResult fitted = gp::fit(rows.points, rows.values, options);
  if (process_.condition(std::move(rows.points), std::move(rows.values), fitted.hyperparameters).ok)
    status_ = FitStatus::kOk;
}

Eigen::VectorXd OutputModel::values(const Eigen::MatrixXd& x) const {
  Eigen::VectorXd result;
  process_.posterior(x, result, nullptr);
  result = (offset_ + deviation_ * result.array()).matrix();
  if (logarithm_) result = result.array().exp();
  return result;
}

double OutputModel::standard_at(const Eigen::VectorXd& x, Eigen::VectorXd* gradient) const {
  return process_.mean_at(x, gradient);
}

double OutputModel::at(const Eigen::VectorXd& x, Eigen::VectorXd* gradient) const {
  double value = offset_ + deviation_ * standard_at(x, gradient);
  if (logarithm_) value = std::exp(value);
  if (gradient != nullptr) *gradient *= logarithm_ ? deviation_ * value : deviation_;
  return value;
}

double OutputModel::standard(double value) const {
  if (logarithm_ && !(value > 0)) return -std::numeric_limits<double>::infinity();
  return ((logarithm_ ? std::log(value) : value) - offset_) / deviation_;
}

void OutputModel::append(const Eigen::VectorXd& x, double value) {
  const double target = standard(value);
  if (status_ != FitStatus::kOk || !std::isfinite(target)) return;
  process_.append(x, Eigen::VectorXd::Constant(1, target));
}

double OutputModel::leave_one_out() const {
  Eigen::MatrixXd weights = process_.targets().array() - process_.mean();
  process_.covariance().solve_in_place(weights);
  const double missed = (weights.col(0).array() / process_.covariance().inverse_diagonal().array()).square().sum();
  const double total = (process_.targets().array() - process_.targets().mean()).square().sum();
  return total > 0 ? 1 - missed / total : 0;
}

void set_relevances(const Eigen::MatrixXd& points, const Eigen::VectorXd& values, bool ratio,
                    std::vector<VariableRelevance>& variables) {
  Rows rows = finite_rows(points, values);
  if (rows.values.size() < kLeastPoints || !standardise(rows.values, ratio)) return;
  gp::FitOptions options;
  options.max_evaluations = kFitEvaluations;
  const gp::Hyperparameters mode = gp::fit(rows.points, rows.values, options).hyperparameters;
  const Eigen::ArrayXd relevances = shares(mode.lengthscales.array());
  for (std::size_t j = 0; j < variables.size(); ++j) {
    variables[j].lengthscale = mode.lengthscales[static_cast<Eigen::Index>(j)];
    variables[j].relevance = relevances[static_cast<Eigen::Index>(j)];
  }
  set_intervals(rows.points, rows.values, mode, variables);
}

void set_slopes(const OutputModel& model, const Eigen::MatrixXd& points, std::vector<VariableRelevance>& variables) {
  const Eigen::Index d = points.rows();
  Eigen::VectorXd gradient(d), sum = Eigen::VectorXd::Zero(d), magnitude = sum, square = sum;
  for (Eigen::Index i = 0; i < points.cols(); ++i) {
    model.at(points.col(i), &gradient);
    sum += gradient;
    magnitude += gradient.cwiseAbs();
    square += gradient.cwiseAbs2();
  }
  const Eigen::VectorXd slopes = (square / static_cast<double>(points.cols())).cwiseSqrt();
  for (Eigen::Index j = 0; j < d; ++j) {
    VariableRelevance& variable = variables[static_cast<std::size_t>(j)];
    variable.slope = slopes[j];
    variable.sensitivity = slopes.sum() > 0 ? slopes[j] / slopes.sum() : 0;
    variable.direction = magnitude[j] > 0 ? sum[j] / magnitude[j] : 0;
  }
}

}  // namespace exturbo::sensitivity
