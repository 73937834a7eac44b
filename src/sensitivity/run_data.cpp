// A run as numbers: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "run_data.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "exturbo/sizing/cost.hpp"

namespace exturbo::sensitivity {
namespace {

constexpr double kBestShare = 0.15;  // arXiv 2601.07315

/// 0: feasible, 1: measured, 2: failed.
int rank(const run::Evaluation& evaluation) { return evaluation.failed() ? 2 : evaluation.feasible ? 0 : 1; }

}  // namespace

Eigen::Index RunData::metric(const std::string& id) const {
  const auto found = std::find(metrics.begin(), metrics.end(), id);
  return found == metrics.end() ? -1 : found - metrics.begin();
}

double metric_value(const run::Evaluation& evaluation, const std::string& metric) {
  const auto found = evaluation.metrics.find(metric);
  return found == evaluation.metrics.end() ? std::numeric_limits<double>::quiet_NaN() : found->second;
}

std::vector<double> to_vector(const Eigen::VectorXd& values) { return {values.begin(), values.end()}; }

RunData collect(const problem::Problem& problem, const std::vector<run::Evaluation>& evaluations) {
  std::vector<const run::Evaluation*> sorted;
  for (const run::Evaluation& evaluation : evaluations) sorted.push_back(&evaluation);
  std::sort(sorted.begin(), sorted.end(), [](const run::Evaluation* a, const run::Evaluation* b) {
    return std::make_tuple(rank(*a), a->cost, a->index) < std::make_tuple(rank(*b), b->cost, b->index);
  });
  RunData data;
  const auto variables = problem.free_variables();
  for (const problem::Variable* variable : variables) data.variables.push_back(variable->name);
  for (const problem::MetricDefinition& metric : problem.metrics) data.metrics.push_back(metric.id);
  data.metrics.push_back(kCost);
  for (const problem::MetricDefinition& metric : problem.metrics) data.ratios.push_back(sizing::is_ratio(metric.unit));
  data.ratios.push_back(true);
  const bo::SearchSpace space = sizing::search_space(problem);
  const auto n = static_cast<Eigen::Index>(sorted.size());
  data.points.resize(static_cast<Eigen::Index>(variables.size()), n);
  data.values.resize(n, static_cast<Eigen::Index>(data.metrics.size()));
  for (Eigen::Index i = 0; i < n; ++i) {
    const run::Evaluation& evaluation = *sorted[static_cast<std::size_t>(i)];
    std::vector<double> values;
    for (const std::string& name : data.variables) values.push_back(evaluation.variables.at(name));
    const std::vector<double> unit = space.to_unit(values);
    data.points.col(i) = Eigen::Map<const Eigen::VectorXd>(unit.data(), data.dimensions());
    for (Eigen::Index k = 0; k + 1 < data.values.cols(); ++k)
      data.values(i, k) = metric_value(evaluation, data.metrics[static_cast<std::size_t>(k)]);
    data.values(i, data.values.cols() - 1) = evaluation.cost;
  }
  return data;
}

Eigen::Index least_tuning_size(Eigen::Index dimensions) { return std::max<Eigen::Index>(30, 2 * dimensions); }

Eigen::Index tuning_size(const RunData& data) {
  const auto share = static_cast<Eigen::Index>(std::ceil(kBestShare * static_cast<double>(data.size())));
  return std::min(data.size(), std::max(share, least_tuning_size(data.dimensions())));
}

}  // namespace exturbo::sensitivity
