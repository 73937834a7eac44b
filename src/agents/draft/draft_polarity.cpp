// Polarity by simulation: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "draft_polarity.hpp"

#include <cmath>

#include "exturbo/sizing/simulate.hpp"

namespace exturbo::agents {
namespace {

constexpr double kLeastMove = 0.05;  ///< Share of the supply.

problem::MetricDefinition measured(const char* name) {
  problem::MetricDefinition metric;
  metric.id = metric.measure = name;
  metric.kind = problem::MetricKind::kMeas;
  metric.testbench = "polarity";
  metric.unit = "V";
  return metric;
}

problem::Problem problem_of(const PolarityTrial& trial) {
  problem::Problem problem;
  problem.name = problem.cell = trial.cell;
  problem.netlist = "cell.cir";
  problem.netlist_lines = trial.cell_lines;
  problem.process = *trial.process;
  problem.parameters = trial.parameters;
  for (const DraftVariable& variable : *trial.variables) {
    problem::Variable sized;
    sized.name = variable.name;
    sized.min = variable.min;
    sized.max = variable.max;
    sized.scale = variable.log ? problem::Scale::kLog : problem::Scale::kLinear;
    sized.grid = variable.grid;
    sized.integer = variable.integer;
    sized.start = variable.start;
    problem.variables.push_back(std::move(sized));
  }
  problem.testbenches.push_back({"polarity", "polarity.cir", trial.bench_lines, {{"sweep", trial.command, {}}}, {}});
  problem.metrics = {measured("low"), measured("high")};
  problem.objective.metric = "high";
  problem.corners = {{"tt_27C", "tt", 27, {}}};
  return problem;
}

}  // namespace

std::optional<bool> rises(const PolarityTrial& trial) {
  sizing::Machine machine;
  machine.cpu_limit = 20;
  const run::Json result = sizing::simulate(problem_of(trial), {}, machine);
  const auto& metrics = result.at("best").at("metrics");
  if (!metrics.contains("low") || !metrics.contains("high") || metrics.at("low").is_null() ||
      metrics.at("high").is_null())
    return std::nullopt;
  const double moved = metrics.at("high").get<double>() - metrics.at("low").get<double>();
  if (std::abs(moved) < kLeastMove * trial.process->supply) return std::nullopt;
  return moved > 0;
}

}  // namespace exturbo::agents
