// Local models: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "local_models.hpp"

#include <omp.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "exturbo/sizing/cost.hpp"

namespace exturbo::sensitivity {
namespace {

constexpr std::size_t kNearest = 150;  ///< Evaluations of the run that the models take.
constexpr double kMargin = 5e-4;       ///< Share of a bound that proposals keep from it, for the models' errors.

/// Rows of the evaluations nearest the design.
std::vector<Eigen::Index> nearest(const RunData& data, const Eigen::VectorXd& unit) {
  std::vector<Eigen::Index> rows(static_cast<std::size_t>(data.size()));
  std::iota(rows.begin(), rows.end(), Eigen::Index{0});
  const Eigen::VectorXd distances = (data.points.colwise() - unit).colwise().squaredNorm();
  std::stable_sort(rows.begin(), rows.end(),
                   [&](Eigen::Index a, Eigen::Index b) { return distances[a] < distances[b]; });
  rows.resize(std::min(rows.size(), kNearest));
  std::erase_if(rows, [&](Eigen::Index row) { return distances[row] == 0; });
  return rows;
}

}  // namespace

std::vector<Bound> bounds_of(const problem::Problem& problem) {
  std::vector<Bound> bounds;
  for (const problem::Spec& spec : problem.specs) {
    if (spec.min) bounds.push_back({spec.metric, *spec.min, true});
    if (spec.max) bounds.push_back({spec.metric, *spec.max, false});
  }
  return bounds;
}

LocalModels::LocalModels(const problem::Problem& problem, const RunData& data, const DesignSlopes& slopes,
                         const Eigen::VectorXd& unit) {
  std::vector<std::string> ids{problem.objective.metric};
  for (const Bound& bound : bounds_of(problem)) {
    if (std::find(ids.begin(), ids.end(), bound.metric) == ids.end()) ids.push_back(bound.metric);
  }
  const std::vector<Eigen::Index> rows = nearest(data, unit);
  const auto around = static_cast<Eigen::Index>(slopes.around.size());
  const auto n = static_cast<Eigen::Index>(rows.size());
  Eigen::MatrixXd points(data.dimensions(), n + around + 1);
  points << data.points(Eigen::all, rows), slopes.points, unit;
  const auto count = static_cast<int>(ids.size());
  std::vector<OutputModel> fitted(ids.size());
#pragma omp parallel for schedule(dynamic, 1)
  for (int k = 0; k < count; ++k) {
    const std::string& id = ids[static_cast<std::size_t>(k)];
    Eigen::VectorXd values(points.cols());
    values.head(n) = data.values(rows, data.metric(id));
    for (Eigen::Index i = 0; i < around; ++i)
      values[n + i] = metric_value(slopes.around[static_cast<std::size_t>(i)], id);
    values[n + around] = metric_value(slopes.design, id);
    fitted[static_cast<std::size_t>(k)] = OutputModel(points, values, sizing::is_ratio(problem.metric(id)->unit));
  }
  for (std::size_t k = 0; k < ids.size(); ++k) models_.emplace(ids[k], std::move(fitted[k]));
}

void LocalModels::append(const Eigen::VectorXd& unit, const run::Evaluation& evaluation) {
  for (auto& [metric, model] : models_) {
    const double value = metric_value(evaluation, metric);
    if (std::isfinite(value)) model.append(unit, value);
  }
}

BoundedObjective::BoundedObjective(const LocalModels& models, const std::string& objective,
                                   const std::vector<Bound>& bounds)
    : objective_(models.of(objective)) {
  for (const Bound& bound : bounds) {
    const OutputModel& model = models.of(bound.metric);
    if (model.status() != FitStatus::kOk) continue;
    const double inside = (bound.lower ? kMargin : -kMargin) * std::abs(bound.value);
    constraints_.push_back({&model, model.standard(bound.value + inside), bound.lower ? -1.0 : 1.0});
  }
}

void BoundedObjective::at(const Eigen::VectorXd& x, Eigen::VectorXd& values, Eigen::MatrixXd* gradients) const {
  values.resize(outputs());
  if (gradients != nullptr) gradients->resize(x.size(), outputs());
  Eigen::VectorXd gradient(x.size());
  Eigen::VectorXd* slope = gradients != nullptr ? &gradient : nullptr;
  values[0] = objective_.standard_at(x, slope);
  if (gradients != nullptr) gradients->col(0) = gradient;
  for (std::size_t k = 0; k < constraints_.size(); ++k) {
    const Constraint& constraint = constraints_[k];
    const auto row = static_cast<Eigen::Index>(k) + 1;
    values[row] = constraint.sign * (constraint.model->standard_at(x, slope) - constraint.bound);
    if (gradients != nullptr) gradients->col(row) = constraint.sign * gradient;
  }
}

}  // namespace exturbo::sensitivity
