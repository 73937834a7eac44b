// COBYLA and BOBYQA (Powell 1994, 2009) by NLopt (Johnson): local models of first and second order.
// SPDX-License-Identifier: BSD-3-Clause
//
// In the unit cube, one evaluation at a time, from a random point, and from a new one once a descent converges. COBYLA
// has the constraints, each over its scale; BOBYQA minimises the one cost.
#include <nlopt.h>

#include <memory>

#include "method.hpp"

namespace exturbo::bench {
namespace {

/// Of the unit cube. BOBYQA moves its start as far as that from the bounds: steps near 1/2 would start it at the
/// centre, where the known optima of test functions are.
constexpr double kFirstRadius = 0.2;
constexpr double kConverged = 1e-8;  ///< Step, of the unit cube.

/// One descent. NLopt asks objective and constraints one by one: the last point is kept.
class Descent {
 public:
  Descent(Trial& trial, nlopt_algorithm algorithm)
      : trial_(trial),
        native_(algorithm == NLOPT_LN_COBYLA),
        optimizer_(nlopt_create(algorithm, static_cast<unsigned>(trial.space().size())), &nlopt_destroy) {
    nlopt_set_lower_bounds1(optimizer_.get(), 0);
    nlopt_set_upper_bounds1(optimizer_.get(), 1);
    nlopt_set_xtol_abs1(optimizer_.get(), kConverged);
    nlopt_set_initial_step1(optimizer_.get(), kFirstRadius);
    nlopt_set_min_objective(optimizer_.get(), objective, this);
    const auto count = static_cast<unsigned>(trial.scales().size());
    if (native_ && count > 0) nlopt_add_inequality_mconstraint(optimizer_.get(), count, constraints, this, nullptr);
  }

  void run(std::vector<double> unit) {
    double cost = 0;
    // However it ends, the trial has recorded the best point.
    nlopt_optimize(optimizer_.get(), unit.data(), &cost);
  }

 private:
  static double objective(unsigned n, const double* x, double* /*gradient*/, void* self) {
    auto& descent = *static_cast<Descent*>(self);
    const Measured& measured = descent.at({x, x + n});
    return descent.native_ ? measured.outcome.objective : measured.cost;
  }

  static void constraints(unsigned m, double* result, unsigned n, const double* x, double* /*gradient*/, void* self) {
    auto& descent = *static_cast<Descent*>(self);
    const Measured& measured = descent.at({x, x + n});
    for (unsigned i = 0; i < m; ++i) result[i] = measured.outcome.constraints[i] / descent.trial_.scales()[i];
  }

  const Measured& at(std::vector<double> unit) {
    if (unit == unit_) return measured_;
    std::vector<Measured> results = trial_.evaluate_unit({unit});
    if (results.empty()) {
      nlopt_force_stop(optimizer_.get());  // The budget is spent; what is told once more does not matter.
    } else {
      measured_ = std::move(results.front());
      unit_ = std::move(unit);
    }
    return measured_;
  }

  Trial& trial_;
  bool native_;
  std::unique_ptr<nlopt_opt_s, decltype(&nlopt_destroy)> optimizer_;
  std::vector<double> unit_;
  Measured measured_;
};

void run_descents(Trial& trial, nlopt_algorithm algorithm) {
  core::RandomStream stream = trial.stream(0);
  int restarts = -1;
  for (; trial.left() > 0; ++restarts) Descent(trial, algorithm).run(trial.random_point(stream));
  trial.tell_detail("restarts", restarts);
}

}  // namespace

std::vector<Method> nlopt_methods() {
  return {{"cobyla", [](Trial& trial, const MethodOptions&) { run_descents(trial, NLOPT_LN_COBYLA); }, true},
          {"bobyqa", [](Trial& trial, const MethodOptions&) { run_descents(trial, NLOPT_LN_BOBYQA); }, true}};
}

}  // namespace exturbo::bench
