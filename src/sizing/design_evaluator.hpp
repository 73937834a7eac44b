// Evaluates designs outside a run, each anew on all testbenches and corners, and judges them.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <memory>
#include <vector>

#include "evaluator.hpp"
#include "exturbo/problem/problem.hpp"
#include "exturbo/run/evaluation.hpp"
#include "exturbo/sizing/size.hpp"

namespace exturbo::sizing {

/// `problem` must outlive it. Results are those of the original model cards, whatever was simulated before.
class DesignEvaluator {
 public:
  /// `early_stop`: see spice::PoolOptions. \throws as make_evaluator().
  explicit DesignEvaluator(const problem::Problem& problem, const Machine& machine = {}, bool early_stop = false);

  /// One evaluation a design (values of the free variables, in order), several at once on several workers.
  std::vector<run::Evaluation> evaluate(const std::vector<std::vector<double>>& designs);

  int evaluations() const { return evaluations_; }
  double seconds() const { return seconds_; }  ///< By the clock, in evaluate().

 private:
  const problem::Problem& problem_;
  std::unique_ptr<Evaluator> evaluator_;
  int evaluations_ = 0;
  double seconds_ = 0;
};

}  // namespace exturbo::sizing
