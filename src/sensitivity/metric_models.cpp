// Models of the metrics: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "metric_models.hpp"

#include <omp.h>

#include "exturbo/gp/sobol.hpp"

namespace exturbo::sensitivity {
namespace {

constexpr Eigen::Index kSobolRows = 512;
constexpr double kTuningReach = 0.05;  ///< Of each range, to both sides of the design.
constexpr Eigen::Index kTuningPoints = 64;

/// Points of the box of +-kTuningReach around the design, it among them: where tuning happens.
Eigen::MatrixXd around(const Eigen::VectorXd& design) {
  const Eigen::VectorXd low = (design.array() - kTuningReach).cwiseMax(0.0);
  const Eigen::VectorXd width = (design.array() + kTuningReach).cwiseMin(1.0).matrix() - low;
  Eigen::MatrixXd points(design.size(), kTuningPoints + 1);
  points << design,
      ((gp::sobol_points(design.size(), kTuningPoints).array().colwise() * width.array()).colwise() + low.array())
          .matrix();
  return points;
}

/// All but `quality`, which does not depend on where the slopes are asked for.
Granularity granularity(const RunData& data, const OutputModel& model, Eigen::Index k, Eigen::Index count,
                        const Eigen::MatrixXd& where) {
  const Eigen::VectorXd values = data.values.col(k).head(count);
  Granularity result;
  result.points = values.array().isFinite().count();
  if (model.status() == FitStatus::kFailed) return result;
  result.variables.resize(data.variables.size());
  result.status = "constant";
  if (model.status() == FitStatus::kConstant) return result;
  result.status = result.points < least_tuning_size(data.dimensions()) ? "low_data" : "ok";
  set_slopes(model, where, result.variables);
  set_relevances(data.points.leftCols(count), values, data.ratios[static_cast<std::size_t>(k)], result.variables);
  return result;
}

MetricModels fit_metric(const RunData& data, Eigen::Index k, const Eigen::MatrixXd& near) {
  const Eigen::Index count = tuning_size(data);
  const bool ratio = data.ratios[static_cast<std::size_t>(k)];
  const OutputModel survival(data.points, data.values.col(k), ratio);
  // J jumps where specs begin to be missed: among the best designs it is smooth.
  const bool jumps = data.metrics[static_cast<std::size_t>(k)] == kCost;
  const OutputModel best(jumps ? OutputModel(data.points.leftCols(count), data.values.col(k).head(count), ratio)
                               : OutputModel());
  const OutputModel& model = jumps ? best : survival;
  MetricModels models;
  models.survival = granularity(data, survival, k, data.size(), data.points);
  models.tuning = granularity(data, model, k, count, near);
  if (survival.status() == FitStatus::kOk) {
    models.survival.quality = survival.leave_one_out();
    models.morris = morris_effects([&](const Eigen::MatrixXd& x) { return survival.values(x); }, data.dimensions());
  }
  if (model.status() != FitStatus::kOk) return models;
  models.tuning.quality = jumps ? model.leave_one_out() : models.survival.quality;
  const Eigen::VectorXd low = near.rowwise().minCoeff(), width = near.rowwise().maxCoeff() - low;
  SobolOptions options;
  options.rows = kSobolRows;
  options.pairs = models.pairs = all_pairs(data.dimensions());
  models.sobol = sobol_indices(
      [&](const Eigen::MatrixXd& x) {
        return model.values(((x.array().colwise() * width.array()).colwise() + low.array()).matrix());
      },
      data.dimensions(), options);
  return models;
}

}  // namespace

std::vector<MetricModels> fit_metrics(const RunData& data, const Eigen::VectorXd& design) {
  std::vector<MetricModels> models(data.metrics.size());
  const auto count = static_cast<int>(models.size());
  const Eigen::MatrixXd near = around(design);
#pragma omp parallel for schedule(dynamic, 1)
  for (int k = 0; k < count; ++k) models[static_cast<std::size_t>(k)] = fit_metric(data, k, near);
  return models;
}

}  // namespace exturbo::sensitivity
