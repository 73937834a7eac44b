// A function of any number of variables as an evaluator that checks what it is asked.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <utility>

#include "function_evaluator.hpp"
#include "problems/box.hpp"

namespace exturbo::bench {

/// Without constraints in the box [-5, 10]^d unless given.
inline BenchmarkProblem test_problem(std::size_t d, bo::Outcome (*evaluate)(const std::vector<double>& x),
                                     std::vector<double> scales = {}) {
  return {"test", "test", box(d, -5, 10), std::move(scales), evaluate, {}};
}

class TestEvaluator : public FunctionEvaluator {
 public:
  explicit TestEvaluator(const BenchmarkProblem& problem) : FunctionEvaluator(problem), problem_(problem) {}

  std::vector<Measured> evaluate(const std::vector<std::vector<double>>& points) override {
    for (const std::vector<double>& point : points) {
      ++evaluations;
      for (std::size_t i = 0; i < point.size(); ++i)
        all_inside = all_inside && point[i] >= problem_.space[i].lower && point[i] <= problem_.space[i].upper;
      if (first.empty()) first = point;
    }
    largest_batch = std::max(largest_batch, points.size());
    return FunctionEvaluator::evaluate(points);
  }

  int evaluations = 0;
  std::size_t largest_batch = 0;
  bool all_inside = true;
  std::vector<double> first;

 private:
  const BenchmarkProblem& problem_;
};

/// Distance from (1, ..., 1), squared: the middle of the box is no optimum.
inline bo::Outcome sphere(const std::vector<double>& x) {
  double sum = 0;
  for (const double v : x) sum += (v - 1) * (v - 1);
  return {false, sum, {}};
}

/// The sphere where the sum is at least 2 d: the optimum is d at (2, ..., 2).
inline bo::Outcome cut_sphere(const std::vector<double>& x) {
  double sum = 0;
  for (const double v : x) sum += v;
  return {false, sphere(x).objective, {2 * static_cast<double>(x.size()) - sum}};
}

}  // namespace exturbo::bench
