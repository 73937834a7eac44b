// Models of the objective and the metrics with a spec around a design, and the objective under bounds by them.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <Eigen/Core>
#include <map>
#include <string>
#include <vector>

#include "bo/model_function.hpp"
#include "design_slopes.hpp"
#include "exturbo/problem/problem.hpp"
#include "exturbo/sensitivity/relevance.hpp"
#include "run_data.hpp"

namespace exturbo::sensitivity {

/// A bound of a spec.
struct Bound {
  std::string metric;
  double value = 0;
  bool lower = true;
};
std::vector<Bound> bounds_of(const problem::Problem& problem);

class LocalModels {
 public:
  /// Fitted to the 150 evaluations nearest the design at `unit` (d), to the simulations around it, and to itself.
  LocalModels(const problem::Problem& problem, const RunData& data, const DesignSlopes& slopes,
              const Eigen::VectorXd& unit);

  const OutputModel& of(const std::string& metric) const { return models_.at(metric); }
  /// Takes in what was measured at `unit`; hyperparameters stay.
  void append(const Eigen::VectorXd& unit, const run::Evaluation& evaluation);

 private:
  std::map<std::string, OutputModel> models_;
};

/// The objective and, as constraints, the bounds; standardised as the models are. `models` must outlive it. Bounds on
/// metrics without a model are left out.
class BoundedObjective final : public bo::ModelFunction {
 public:
  BoundedObjective(const LocalModels& models, const std::string& objective, const std::vector<Bound>& bounds);
  int outputs() const override { return static_cast<int>(constraints_.size()) + 1; }
  void at(const Eigen::VectorXd& x, Eigen::VectorXd& values, Eigen::MatrixXd* gradients) const override;

 private:
  struct Constraint {
    const OutputModel* model;
    double bound;
    double sign;
  };
  const OutputModel& objective_;
  std::vector<Constraint> constraints_;
};

}  // namespace exturbo::sensitivity
