// Evaluates designs of a circuit by a pool of simulators, for methods that know no circuits.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <memory>
#include <vector>

#include "evaluator.hpp"
#include "exturbo/problem/problem.hpp"

namespace exturbo::sizing {
class DesignEvaluator;
}

namespace exturbo::bench {

/// The cost is the project's J; constraints are the slacks that the optimiser of a sizing run is told. Every corner of
/// each design is simulated, without the remaining testbenches once a metric with a spec has no value, as a sizing run
/// does. Operating points start anew for each design.
class CircuitEvaluator : public Evaluator {
 public:
  /// \throws core::EnvironmentError.
  CircuitEvaluator(const problem::Problem& problem, int workers);
  ~CircuitEvaluator() override;

  const bo::SearchSpace& space() const override { return space_; }
  const std::vector<double>& scales() const override { return scales_; }
  /// \throws core::EnvironmentError if simulators cannot be started any more.
  std::vector<Measured> evaluate(const std::vector<std::vector<double>>& points) override;

 private:
  const problem::Problem& problem_;
  bo::SearchSpace space_;
  std::vector<double> scales_;
  std::unique_ptr<sizing::DesignEvaluator> designs_;
};

}  // namespace exturbo::bench
