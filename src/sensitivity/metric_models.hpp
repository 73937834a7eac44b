// What the models of a run's own evaluations tell of each metric, at both granularities.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <Eigen/Core>
#include <vector>

#include "exturbo/sensitivity/morris.hpp"
#include "exturbo/sensitivity/relevance.hpp"
#include "exturbo/sensitivity/sobol_indices.hpp"
#include "run_data.hpp"

namespace exturbo::sensitivity {

/// One granularity of one metric.
struct Granularity {
  const char* status = "failed";  ///< As in sensitivity.json.
  Eigen::Index points = 0;
  double quality = 0;  ///< R^2 of leave-one-out predictions of the model that gives the slopes.
  std::vector<VariableRelevance> variables;
};

struct MetricModels {
  Granularity survival;  ///< Length-scales of all evaluations; slopes over all of them.
  Granularity tuning;    ///< Length-scales of the best ones; slopes within 5 % of each range around the design.
  SobolIndices sobol;    ///< Within the same 5 %.
  std::vector<VariablePair> pairs;  ///< Of SobolIndices::second.
  MorrisEffects morris;             ///< Over the whole cube.
};

/// One for each of RunData::metrics. \param design d, in the unit cube. Metrics are shared among OpenMP's threads,
/// which change no result. Cost: three fits of at most n points a metric.
std::vector<MetricModels> fit_metrics(const RunData& data, const Eigen::VectorXd& design);

}  // namespace exturbo::sensitivity
