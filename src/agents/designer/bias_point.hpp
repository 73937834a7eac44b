// Operating points of a cell at a design and how they move with each variable, from the simulator.
// SPDX-License-Identifier: BSD-3-Clause
//
// The bias network of a cell follows its variables nearly as power laws (a mirror's current is a product of ratios), so
// logarithmic derivatives by one-sided differences hold over a wide range: ln I_i(x) = ln I_i + sum_j a_ij
// ln(x_j/x0_j).
#pragma once

#include <Eigen/Core>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "exturbo/problem/problem.hpp"
#include "exturbo/spice/pool.hpp"

namespace exturbo::agents {

struct BiasPoint {
  bool solved = false;
  bool has_derivatives = false;
  std::string reason;  ///< Why not.
  std::vector<double> free_values;
  std::vector<spice::DeviceState> devices;  ///< In the order of the names given to BiasSolver.
  double power = 0;                         ///< W
  Eigen::MatrixXd ln_current;     ///< d ln ID / d ln x_j, devices by variables; zero where a neighbour has no solution.
  Eigen::MatrixXd drain_voltage;  ///< d VDS / d ln x_j, V
  Eigen::VectorXd ln_power;
};

class BiasSolver {
 public:
  /// Operating points are those of the testbench that measures dc_gain, else of the first one. `devices`: names of the
  /// cell's transistors. \throws core::EnvironmentError.
  BiasSolver(const problem::Problem& problem, std::vector<std::string> devices, const spice::PoolOptions& options);

  /// One operating point; with derivatives d more.
  BiasPoint solve(const std::vector<double>& free_values, bool derivatives);

  int operating_points() const { return operating_points_; }

 private:
  std::vector<spice::CornerOutcome> simulate(std::vector<spice::Request> requests);
  void differentiate(BiasPoint& point, const spice::CornerOutcome& first);

  problem::Problem problem_;  ///< With one testbench and the power as its metric.
  std::vector<std::string> devices_;
  std::unique_ptr<spice::Pool> pool_;
  int operating_points_ = 0;
};

/// The testbench of the problem that the designer's small-signal equations describe, or null if there is none.
const problem::Testbench* open_loop_bench(const problem::Problem& problem);

}  // namespace exturbo::agents
