// Objective and constraints as the models see them: posterior means with gradients, or one joint sample.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <Eigen/Core>
#include <memory>
#include <vector>

#include "exturbo/gp/pathwise_sample.hpp"
#include "surrogate.hpp"

namespace exturbo::bo {

/// m + 1 smooth functions on the unit cube; value 0 the objective (standardised), the others constraints in model
/// units, met when <= 0.
class ModelFunction {
 public:
  virtual ~ModelFunction() = default;
  virtual int outputs() const = 0;
  /// Values (m + 1) and, unless null, gradients (d x (m + 1)) at x.
  virtual void at(const Eigen::VectorXd& x, Eigen::VectorXd& values, Eigen::MatrixXd* gradients) const = 0;
};

/// Posterior means, constraints raised by a fixed margin each, the objective lowered by `optimism` posterior deviations
/// (a lower confidence bound; Srinivas, Krause, Kakade & Seeger 2010).
class MeanFunction final : public ModelFunction {
 public:
  explicit MeanFunction(const SurrogateSet& models, double optimism = 0);
  int outputs() const override { return models_->size(); }
  void at(const Eigen::VectorXd& x, Eigen::VectorXd& values, Eigen::MatrixXd* gradients) const override;
  /// Values at points (d x N): N x (m + 1).
  Eigen::MatrixXd evaluate(const Eigen::MatrixXd& points, int threads) const;
  /// Sets each constraint's margin to `factor` posterior deviations at x plus `least`, in model units.
  void set_margins(const Eigen::VectorXd& x, double factor, double least);

 private:
  const SurrogateSet* models_;
  double optimism_;
  Eigen::VectorXd margins_;
};

/// One joint Thompson sample of all outputs (independent processes).
class SampleFunction {
 public:
  /// Random numbers are those of suggestion `id`.
  SampleFunction(const SurrogateSet& models, const Options& options, int dimensions, int id, double temperature);
  /// Values at points (d x N): N x (m + 1), as ModelFunction::at gives them.
  Eigen::MatrixXd evaluate(const Eigen::MatrixXd& points, int threads) const;

 private:
  const SurrogateSet* models_;
  std::unique_ptr<gp::FourierFeatures> features_;
  std::vector<gp::PathwiseSample> samples_;
};

}  // namespace exturbo::bo
