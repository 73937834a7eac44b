// Sequential quadratic programming: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/linalg/minimise_constrained.hpp"

#include <nlopt.h>

#include <exception>
#include <memory>
#include <vector>

namespace exturbo::linalg {
namespace {

/// Evaluates once for the objective and the constraints, which NLopt asks for in turn, and remembers the best.
class Evaluator {
 public:
  Evaluator(const ConstrainedFunction& function, int constraints, double tolerance, MinimiseResult& result)
      : function_(function), outputs_(1 + constraints), tolerance_(tolerance), result_(result) {}

  /// For NLopt to call. \param data the evaluator.
  static double objective(unsigned n, const double* x, double* gradient, void* data) {
    auto& self = *static_cast<Evaluator*>(data);
    self.evaluate(n, x);
    if (gradient != nullptr) Eigen::Map<Eigen::VectorXd>(gradient, n) = self.gradients_.col(0);
    return self.values_[0];
  }
  static void constraints(unsigned m, double* values, unsigned n, const double* x, double* gradients, void* data) {
    auto& self = *static_cast<Evaluator*>(data);
    self.evaluate(n, x);
    Eigen::Map<Eigen::VectorXd>(values, m) = self.values_.tail(m);
    if (gradients != nullptr) Eigen::Map<Eigen::MatrixXd>(gradients, n, m) = self.gradients_.rightCols(m);
  }

  void stops(nlopt_opt search) { search_ = search; }
  bool found() const { return found_; }
  bool failed() const { return failed_; }
  /// Throws on what the function threw inside NLopt, which is C.
  void rethrow() const {
    if (thrown_) std::rethrow_exception(thrown_);
  }

 private:
  void evaluate(unsigned n, const double* x) {
    const Eigen::Map<const Eigen::VectorXd> asked(x, n);
    if (failed_ || (x_.size() == asked.size() && x_ == asked)) return;
    x_ = asked;
    try {
      ++result_.evaluations;
      function_(x_, values_, gradients_);
      failed_ = !values_.allFinite() || !gradients_.allFinite();
    } catch (...) {
      thrown_ = std::current_exception();
      failed_ = true;
    }
    if (failed_) {
      nlopt_force_stop(search_);
      values_.setZero(outputs_);
      gradients_.setZero(n, outputs_);
    } else {
      remember();
    }
  }

  void remember() {
    const double violation = (values_.tail(values_.size() - 1).array() - tolerance_).max(0.0).sum();
    if (found_ && (violation > violation_ || (violation == violation_ && values_[0] >= result_.value))) return;
    found_ = true;
    violation_ = violation;
    result_.value = values_[0];
    result_.x = x_;
  }

  const ConstrainedFunction& function_;
  int outputs_;
  double tolerance_;
  MinimiseResult& result_;
  nlopt_opt search_ = nullptr;
  Eigen::VectorXd x_, values_;
  Eigen::MatrixXd gradients_;
  double violation_ = 0;  // of the best
  bool found_ = false, failed_ = false;
  std::exception_ptr thrown_;
};

Termination termination_of(nlopt_result result) {
  if (result == NLOPT_MAXEVAL_REACHED) return Termination::kEvaluationLimit;
  return result > 0 ? Termination::kConverged : Termination::kStalled;
}

}  // namespace

MinimiseResult minimise_constrained(const ConstrainedFunction& function, int constraints, const Eigen::VectorXd& start,
                                    const Eigen::VectorXd& lower, const Eigen::VectorXd& upper,
                                    const ConstrainedOptions& options) {
  MinimiseResult result;
  result.x = start.cwiseMax(lower).cwiseMin(upper);
  Evaluator evaluator(function, constraints, options.constraint_tolerance, result);
  const std::unique_ptr<nlopt_opt_s, void (*)(nlopt_opt)> search(
      nlopt_create(NLOPT_LD_SLSQP, static_cast<unsigned>(start.size())), nlopt_destroy);
  evaluator.stops(search.get());
  nlopt_set_lower_bounds(search.get(), lower.data());
  nlopt_set_upper_bounds(search.get(), upper.data());
  nlopt_set_min_objective(search.get(), Evaluator::objective, &evaluator);
  const std::vector<double> tolerances(static_cast<std::size_t>(constraints), options.constraint_tolerance);
  nlopt_add_inequality_mconstraint(search.get(), static_cast<unsigned>(constraints), Evaluator::constraints, &evaluator,
                                   tolerances.data());
  nlopt_set_maxeval(search.get(), options.max_evaluations);
  nlopt_set_xtol_abs1(search.get(), options.step_tolerance);
  nlopt_set_ftol_rel(search.get(), options.relative_decrease);
  Eigen::VectorXd x = result.x;
  double value = 0;
  const nlopt_result ended = nlopt_optimize(search.get(), x.data(), &value);
  evaluator.rethrow();
  result.termination = evaluator.found() ? termination_of(ended) : Termination::kNoFiniteValue;
  if (result.termination == Termination::kStalled)
    result.message = evaluator.failed() ? "a value was not finite" : nlopt_result_to_string(ended);
  return result;
}

}  // namespace exturbo::linalg
