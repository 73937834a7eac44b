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

}  // namespace

const problem::Testbench* open_loop_bench(const problem::Problem& problem) {
  if (problem.testbenches.empty()) return nullptr;
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

BiasPoint BiasSolver::solve(const std::vector<double>& free_values, bool derivatives) {
  const auto variables = problem_.free_variables();
  std::vector<std::vector<double>> designs{free_values};
  for (std::size_t j = 0; derivatives && j < variables.size(); ++j) {
    designs.push_back(free_values);
    designs.back()[j] = neighbour(*variables[j], free_values[j]);
  }
  const auto start = problem::complete_variables(problem_, free_values);
  std::vector<spice::CornerOutcome> outcomes(designs.size());
  const auto finish = [&] {
    while (pool_->pending() > 0) {
      if (auto finished = pool_->wait_any(std::chrono::milliseconds(1000)))
        outcomes[finished->id] = std::move(finished->outcome.corners.front());
    }
  };
  pool_->submit({0, start, {}, {}, {}, false, true});
  finish();
  BiasPoint point;
  point.free_values = free_values;
  const spice::CornerOutcome first = outcomes.front();
  operating_points_ += 1;
  if (first.status != spice::Status::kOk) {
    point.reason = std::string(spice::to_string(first.status)) + ": " + first.reason;
    return point;
  }
  for (std::size_t j = 1; j < designs.size(); ++j) {
    spice::Request request{j, problem::complete_variables(problem_, designs[j]), {}, {first.nodes}, start};
    pool_->submit(std::move(request));
    ++operating_points_;
  }
  finish();

  const auto power_of = [&](const spice::CornerOutcome& outcome) {
    return outcome.metrics.empty() ? 0 : outcome.metrics.begin()->second;
  };
  const auto rows = static_cast<Eigen::Index>(devices_.size());
  const auto columns = static_cast<Eigen::Index>(variables.size());
  point.solved = true;
  point.power = power_of(first);
  point.ln_current = Eigen::MatrixXd::Zero(rows, columns);
  point.drain_voltage = Eigen::MatrixXd::Zero(rows, columns);
  point.ln_power = Eigen::VectorXd::Zero(columns);
  for (const std::string& name : devices_) {
    const auto found = first.devices.find(name);
    point.devices.push_back(found == first.devices.end() ? spice::DeviceState{} : found->second);
  }
  for (std::size_t j = 0; j + 1 < designs.size(); ++j) {
    const spice::CornerOutcome& moved = outcomes[j + 1];
    const double step = std::log(designs[j + 1][j] / free_values[j]);
    if (moved.status != spice::Status::kOk || step == 0 || !std::isfinite(step)) continue;
    const auto column = static_cast<Eigen::Index>(j);
    if (power_of(moved) > 0 && point.power > 0)
      point.ln_power(column) = std::log(power_of(moved) / point.power) / step;
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
  return point;
}

}  // namespace exturbo::agents
