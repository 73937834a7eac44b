// Simulates designs on all testbenches and corners, and judges them.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <vector>

#include "exturbo/problem/problem.hpp"
#include "exturbo/run/evaluation.hpp"
#include "exturbo/sizing/size.hpp"
#include "exturbo/spice/pool.hpp"

namespace exturbo::agents {

/// `problem` must outlive it. Results are those of the original model cards, whatever was simulated before.
class DesignEvaluator {
 public:
  /// \throws core::EnvironmentError.
  DesignEvaluator(const problem::Problem& problem, const sizing::Machine& machine);

  /// One evaluation a design (values of the free variables, in order), several at once on several workers.
  std::vector<run::Evaluation> evaluate(const std::vector<std::vector<double>>& designs);

  int evaluations() const { return evaluations_; }

 private:
  const problem::Problem& problem_;
  spice::Pool pool_;
  int evaluations_ = 0;
};

}  // namespace exturbo::agents
