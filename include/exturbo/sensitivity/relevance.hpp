// Which variables an output depends on, from a Gaussian process fitted to evaluations: ARD length-scales, and slopes of
// the posterior mean.
// SPDX-License-Identifier: BSD-3-Clause
//
// Length-scales (automatic relevance determination; Neal 1996, Rasmussen & Williams 2006, ch. 5.1) say how quickly an
// output changes with a variable, not how far: a linear effect of any size has a long length-scale, the largest of
// effects a short one only if it bends. The slopes of the posterior mean (derivative-based sensitivity; Kucherenko,
// Rodriguez-Fernandez, Pantelides & Shah 2009) say how far. Both are given. Deterministic; nothing throws because of
// data. Cost: a fit of n points O(n^3) for each model, another for length-scales and d + 1 of its likelihoods.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "exturbo/gp/gaussian_process.hpp"

namespace exturbo::sensitivity {

enum class FitStatus {
  kOk,
  kConstant,  ///< The values do not differ: no variable matters.
  kFailed,    ///< Fewer than three values, or no model could be fitted.
};

struct VariableRelevance {
  double lengthscale = 0;    ///< In the unit cube.
  double relevance = 0;      ///< 1 / length-scale, over the sum of all.
  double low = 0, high = 0;  ///< 90 % interval of `relevance`, see length_scales().
  double slope = 0;          ///< Root mean square of d output / d u, output in its own units.
  double sensitivity = 0;    ///< `slope` over the sum of all.
  double direction = 0;      ///< Mean slope over mean absolute slope, -1 .. 1: does the output rise everywhere (1)?
};

/// A fitted model of one output: a process with a quadratic trend.
class OutputModel {
 public:
  OutputModel() = default;  ///< kFailed.
  /// \param points d x n, in the unit cube. \param values n; those that are not finite are left out. \param ratio the
  /// output is one that is compared by factors: it is transformed by ln where all values are positive.
  OutputModel(const Eigen::MatrixXd& points, const Eigen::VectorXd& values, bool ratio = false);

  /// kOk, kConstant or kFailed; only kOk has a model.
  FitStatus status() const { return status_; }
  Eigen::Index size() const { return process_.size(); }
  /// Posterior mean at x (d) in the output's own units and, unless null, its gradient.
  double at(const Eigen::VectorXd& x, Eigen::VectorXd* gradient) const;
  /// The same of the standardised output.
  double standard_at(const Eigen::VectorXd& x, Eigen::VectorXd* gradient) const;
  /// Posterior means at points (d x N) in the output's own units.
  Eigen::VectorXd values(const Eigen::MatrixXd& x) const;
  /// A value in the output's own units, standardised; -infinity for one that the logarithm does not take.
  double standard(double value) const;
  /// Takes in another point; hyperparameters stay.
  void append(const Eigen::VectorXd& x, double value);
  /// R^2 of leave-one-out predictions of the standardised output (Rasmussen & Williams 2006, eq. 5.12).
  double leave_one_out() const;

 private:
  FitStatus status_ = FitStatus::kFailed;
  gp::GaussianProcess process_;
  double offset_ = 0, deviation_ = 1;
  bool logarithm_ = false;
};

/// ARD length-scales, relevances and their intervals of a process without a trend, as what a trend explains ARD would
/// not see; values as OutputModel takes them. Intervals: length-scales have the normal distribution that has the
/// curvature of the posterior at its mode (Laplace; MacKay 1992), 400 draws. Zeros where there is nothing to fit.
void set_relevances(const Eigen::MatrixXd& points, const Eigen::VectorXd& values, bool ratio,
                    std::vector<VariableRelevance>& variables);

/// Slopes of the model's posterior mean at points (d x N). `model` is kOk.
void set_slopes(const OutputModel& model, const Eigen::MatrixXd& points, std::vector<VariableRelevance>& variables);

}  // namespace exturbo::sensitivity
