// Operating points and their derivatives: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "bias_point.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace exturbo::agents {
namespace {

constexpr double kStep = 1.05;  ///< Factor by which a variable moves for its derivative.

/// The value that stands next to `value`: a step up, or down at the upper end, on the variable's grid.
double neighbour(const problem::Variable& variable, double value) {
  const double step = variable.integer ? 1 : variable.grid;
  for (const double factor : {kStep, 1 / kStep}) {
    double next = value * factor;
    if (step > 0) {
      next = std::round(next / step) * step;
      if (next == value) next += factor > 1 ? step : -step;
    }
    if (next >= variable.min && next <= variable.max && next != value) return next;
  }
  return value;
}

/// The power is the only metric.
double power_of(const spice::CornerOutcome& outcome) {
  return outcome.metrics.empty() ? 0 : outcome.metrics.begin()->second;
}

}  // namespace

const problem::Testbench* open_loop_bench(const problem::Problem& problem) {
  const auto measured = std::find_if(problem.metrics.begin(), problem.metrics.end(),
                                     [](const problem::MetricDefinition& m) { return m.measure == "dc_gain"; });
  if (measured == problem.metrics.end()) return nullptr;
  const auto bench = std::find_if(problem.testbenches.begin(), problem.testbenches.end(),
                                  [&](const problem::Testbench& t) { return t.name == measured->testbench; });
  return bench == problem.testbenches.end() ? nullptr : &*bench;
}

BiasSolver::BiasSolver(const problem::Problem& problem, std::vector<std::string> devices,
                       const spice::PoolOptions& options)
    : problem_(problem), devices_(std::move(devices)) {
  const problem::Testbench* bench = open_loop_bench(problem);
  problem::Testbench only = bench != nullptr ? *bench : problem.testbenches.front();
  only.analyses.clear();
  problem_.testbenches = {only};
  std::erase_if(problem_.metrics,
                [&](const problem::MetricDefinition& m) { return m.measure != "power" || m.testbench != only.name; });
  problem_.corners.resize(1);
  pool_ = std::make_unique<spice::Pool>(problem_, options);
}

std::vector<spice::CornerOutcome> BiasSolver::simulate(std::vector<spice::Request> requests) {
  std::vector<spice::CornerOutcome> outcomes(requests.size());
  operating_points_ += static_cast<int>(requests.size());
  for (std::size_t i = 0; i < requests.size(); ++i) {
    requests[i].id = i;
    pool_->submit(std::move(requests[i]));
  }
  while (pool_->pending() > 0) {
    if (auto finished = pool_->wait_any(std::chrono::milliseconds(1000)))
      outcomes[finished->id] = std::move(finished->outcome.corners.front());
  }
  return outcomes;
}

BiasPoint BiasSolver::solve(const std::vector<double>& free_values, bool derivatives) {
  spice::Request request;
  request.variables = problem::complete_variables(problem_, free_values);
  const spice::CornerOutcome first = simulate({request}).front();
  BiasPoint point;
  point.free_values = free_values;
  if (first.status != spice::Status::kOk) {
    point.reason = std::string(spice::to_string(first.status)) + ": " + first.reason;
    return point;
  }
  const auto rows = static_cast<Eigen::Index>(devices_.size());
  const auto columns = static_cast<Eigen::Index>(free_values.size());
  point.solved = true;
  point.power = power_of(first);
  point.ln_current = Eigen::MatrixXd::Zero(rows, columns);
  point.drain_voltage = Eigen::MatrixXd::Zero(rows, columns);
  point.ln_power = Eigen::VectorXd::Zero(columns);
  for (const std::string& name : devices_) {
    const auto found = first.devices.find(name);
    point.devices.push_back(found == first.devices.end() ? spice::DeviceState{} : found->second);
  }
  if (derivatives) differentiate(point, first);
  return point;
}

void BiasSolver::differentiate(BiasPoint& point, const spice::CornerOutcome& first) {
  const auto variables = problem_.free_variables();
  const auto start = problem::complete_variables(problem_, point.free_values);
  std::vector<spice::Request> requests;
  std::vector<double> steps;  // in the logarithm
  for (std::size_t j = 0; j < variables.size(); ++j) {
    std::vector<double> design = point.free_values;
    design[j] = neighbour(*variables[j], design[j]);
    steps.push_back(std::log(design[j] / point.free_values[j]));
    requests.push_back({0, problem::complete_variables(problem_, design), {}, {first.nodes}, start});
  }
  const std::vector<spice::CornerOutcome> outcomes = simulate(std::move(requests));
  point.has_derivatives = true;
  for (std::size_t j = 0; j < outcomes.size(); ++j) {
    const spice::CornerOutcome& moved = outcomes[j];
    const double step = steps[j];
    if (moved.status != spice::Status::kOk || step == 0 || !std::isfinite(step)) continue;
    const auto column = static_cast<Eigen::Index>(j);
    if (power_of(moved) > 0 && point.power > 0) point.ln_power(column) = std::log(power_of(moved) / point.power) / step;
    for (std::size_t i = 0; i < devices_.size(); ++i) {
      const auto found = moved.devices.find(devices_[i]);
      const spice::DeviceState& before = point.devices[i];
      if (found == moved.devices.end()) continue;
      const auto row = static_cast<Eigen::Index>(i);
      const double ratio = std::abs(found->second.id) / std::abs(before.id);
      if (ratio > 0 && std::isfinite(ratio)) point.ln_current(row, column) = std::log(ratio) / step;
      point.drain_voltage(row, column) = (found->second.vds - before.vds) / step;
    }
  }
}

}  // namespace exturbo::agents
