// L-BFGS-B in a box: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/linalg/minimise_box.hpp"

#include <LBFGSB.h>

#include <cmath>
#include <exception>

namespace exturbo::linalg {
namespace {

struct EvaluationLimit {};
constexpr double kVeryBad = 1e100;

/// Counts evaluations and remembers the best, whatever the solver does with them.
class Recorder {
 public:
  Recorder(const SmoothFunction& function, int limit, MinimiseResult& result)
      : function_(function), limit_(limit), result_(result) {}

  double operator()(const Eigen::VectorXd& x, Eigen::VectorXd& gradient) {
    if (result_.evaluations >= limit_) throw EvaluationLimit{};
    ++result_.evaluations;
    const double value = function_(x, gradient);
    if (!std::isfinite(value) || !gradient.allFinite()) {
      gradient.setZero();
      return kVeryBad;
    }
    if (!found_ || value < result_.value) {
      found_ = true;
      result_.value = value;
      result_.x = x;
    }
    return value;
  }
  bool found() const { return found_; }

 private:
  const SmoothFunction& function_;
  int limit_;
  MinimiseResult& result_;
  bool found_ = false;
};

}  // namespace

MinimiseResult minimise_box(const SmoothFunction& function, const Eigen::VectorXd& start, const Eigen::VectorXd& lower,
                            const Eigen::VectorXd& upper, const MinimiseOptions& options) {
  MinimiseResult result;
  result.x = start.cwiseMax(lower).cwiseMin(upper);
  LBFGSpp::LBFGSBParam<double> parameters;
  parameters.m = options.memory;
  parameters.epsilon = options.gradient_tolerance;
  parameters.epsilon_rel = 0;
  parameters.past = 1;
  parameters.delta = options.relative_decrease;
  parameters.max_linesearch = 15;
  Recorder recorder(function, options.max_evaluations, result);
  Eigen::VectorXd x = result.x;
  double value = 0;
  try {
    LBFGSpp::LBFGSBSolver<double> solver(parameters);
    solver.minimize(recorder, x, value, lower, upper);
    result.termination = Termination::kConverged;
  } catch (const EvaluationLimit&) {
    result.termination = Termination::kEvaluationLimit;
  } catch (const std::exception& error) {
    result.termination = Termination::kStalled;
    result.message = error.what();
  }
  if (!recorder.found()) result.termination = Termination::kNoFiniteValue;
  return result;
}

}  // namespace exturbo::linalg
