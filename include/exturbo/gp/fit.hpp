// Hyperparameters of a GP from data: L-BFGS-B on the log marginal likelihood, with or without priors.
// SPDX-License-Identifier: BSD-3-Clause
//
// Likelihoods are exact. Of more than `max_points` data so many are drawn, the same ones each time and nearly the same
// ones when data are added: hyperparameters of 2,000 points predict as well as those of all (src/gp/README.md). A cold
// fit of 300 points or more starts from the fit of every other point, that one likewise.
//
// Promises: a fit never throws and always returns usable hyperparameters; deterministic; one thread. Cost: about
// n^3 multiply-adds an evaluation, at most `max_evaluations` of them per start.
#pragma once

#include <Eigen/Core>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "exturbo/gp/hyperparameters.hpp"
#include "exturbo/gp/make_covariance.hpp"
#include "exturbo/gp/prior.hpp"

namespace exturbo::gp {

enum class FitMode {
  kMaximumAPosteriori,  ///< With Prior::defaults or the prior given.
  kMaximumLikelihood,   ///< No priors.
};

/// Box of the search; for variables in the unit cube and standardised targets.
struct FitBounds {
  double min_lengthscale = 5e-3, max_lengthscale = 1e5;
  double min_signal_variance = 1e-3, max_signal_variance = 1e6;
  double min_noise_variance = 1e-8, max_noise_variance = 1;
  double min_trend = 1e-6, max_trend = 1e3;  ///< As Prior::trend.
};

struct FitOptions {
  FitMode mode = FitMode::kMaximumAPosteriori;
  int max_points = 2000;  ///< >= 2; on the CPU at most compute.exact_points.
  int max_evaluations = 100;
  double gradient_tolerance = 1e-3;  ///< In log likelihood per log parameter.
  double relative_decrease = 1e-7;
  FitBounds bounds;
  Kernel kernel = Kernel::kMatern52;
  Compute compute;  ///< Where likelihoods are computed.
  /// Makes the covariance matrix for targets; none: make_covariance().
  std::function<std::unique_ptr<Covariance>(const Eigen::VectorXd& targets)> covariance;
  bool trend = false;                   ///< Fit the quadratic trend of trend.hpp as well.
  std::optional<Prior> prior;           ///< Of kMaximumAPosteriori; default Prior::defaults(d).
  std::vector<Hyperparameters> starts;  ///< Warm starts; empty: two cold ones (long and short length-scales).
};

/// | status | hyperparameters are |
/// |---|---|
/// | kConverged | the best local optimum of all starts |
/// | kStopped | the best seen when the limit struck or the line search stalled |
/// | kFailed | the first start given, else the defaults: no likelihood could be computed |
enum class FitStatus { kConverged, kStopped, kFailed };

struct FitResult {
  FitStatus status = FitStatus::kFailed;
  Hyperparameters hyperparameters;
  double log_likelihood = 0;  ///< Without prior terms.
  double objective = 0;       ///< What was maximised: with prior terms in MAP mode.
  int evaluations = 0;
  Eigen::Index points = 0;  ///< That the likelihood is of.
  std::string message;
};

/// \param points d x n, in the unit cube. \param targets n, standardised (mean about 0, variance about 1).
FitResult fit(const Eigen::MatrixXd& points, const Eigen::VectorXd& targets, const FitOptions& options = {});

}  // namespace exturbo::gp
