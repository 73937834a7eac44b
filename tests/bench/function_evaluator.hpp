// Evaluates a published test function, and makes one cost of its objective and constraints.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <vector>

#include "evaluator.hpp"
#include "problems/benchmark_problems.hpp"

namespace exturbo::bench {

/// Without constraints: the objective itself. With them the project's J: 1 + sum of violations, each over its scale and
/// at most 1, while any is violated; else the objective squashed into (0, 1] by (1 + t / (1 + |t|)) / 2 with
/// t = objective / reference, which keeps the order. Comparing by it is Deb's rule (2000): feasible before infeasible,
/// then by objective or sum of violations.
double scalar_cost(const BenchmarkProblem& problem, const bo::Outcome& outcome);

class FunctionEvaluator : public Evaluator {
 public:
  explicit FunctionEvaluator(const BenchmarkProblem& problem) : problem_(problem), space_(problem.space) {}

  const bo::SearchSpace& space() const override { return space_; }
  const std::vector<double>& scales() const override { return problem_.scales; }
  std::vector<Measured> evaluate(const std::vector<std::vector<double>>& points) override;

 private:
  const BenchmarkProblem& problem_;
  bo::SearchSpace space_;
};

}  // namespace exturbo::bench
