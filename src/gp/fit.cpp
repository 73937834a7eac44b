// Hyperparameters from data: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/gp/fit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "exturbo/core/random.hpp"
#include "exturbo/gp/accelerator.hpp"
#include "exturbo/gp/marginal_likelihood.hpp"
#include "exturbo/linalg/minimise_box.hpp"

namespace exturbo::gp {
namespace {

struct LogBox {
  Eigen::VectorXd lower, upper;
};

LogBox log_box(const FitBounds& bounds, Eigen::Index d, const std::vector<double>& trend_spreads) {
  const auto trends = static_cast<Eigen::Index>(trend_spreads.size());
  LogBox box{Eigen::VectorXd(d + 2 + trends), Eigen::VectorXd(d + 2 + trends)};
  box.lower.head(d).setConstant(std::log(bounds.min_lengthscale));
  box.upper.head(d).setConstant(std::log(bounds.max_lengthscale));
  box.lower[d] = std::log(bounds.min_signal_variance);
  box.upper[d] = std::log(bounds.max_signal_variance);
  box.lower[d + 1] = std::log(bounds.min_noise_variance);
  box.upper[d + 1] = std::log(bounds.max_noise_variance);
  for (Eigen::Index k = 0; k < trends; ++k) {
    const double spread = trend_spreads[static_cast<std::size_t>(k)];
    box.lower[d + 2 + k] = std::log(bounds.min_trend / spread);
    box.upper[d + 2 + k] = std::log(bounds.max_trend / spread);
  }
  return box;
}

constexpr Eigen::Index kLarge = 300;  // from here on a cold fit starts from that of half the points
constexpr double kTrendStart = 0.1;   // share of the targets' variance

/// Cold starts: smooth and rough. The likelihood of few points often has both optima.
std::vector<Hyperparameters> cold_starts(Eigen::Index d) {
  Hyperparameters smooth = Hyperparameters::defaults(d);
  smooth.lengthscales.setConstant(std::sqrt(static_cast<double>(d)));
  smooth.noise_variance = 1e-3;
  Hyperparameters rough = Hyperparameters::defaults(d);
  rough.lengthscales.setConstant(0.25 * std::sqrt(static_cast<double>(d)));
  return {smooth, rough};
}

FitResult fit_given(const Eigen::MatrixXd& points, const Eigen::VectorXd& targets, const FitOptions& options);

/// The optimum of every other point: near that of all, at an eighth of the cost.
std::optional<FitResult> fit_half(const Eigen::MatrixXd& points, const Eigen::VectorXd& targets,
                                  const FitOptions& options) {
  const auto every_other = Eigen::seqN(0, targets.size() / 2, 2);
  FitResult result = fit_given(points(Eigen::all, every_other), targets(every_other), options);
  if (result.status == FitStatus::kFailed) return std::nullopt;
  return result;
}

/// Indices of `count` of n data, ascending. Each has a key of its own, and the least are drawn: most stay when n grows.
std::vector<Eigen::Index> drawn(Eigen::Index n, int count) {
  core::RandomStream stream(0, 0, core::Purpose::kHyperparameters);
  std::vector<std::pair<double, Eigen::Index>> keys;
  for (Eigen::Index i = 0; i < n; ++i) keys.emplace_back(stream.uniform(), i);
  std::nth_element(keys.begin(), keys.begin() + count, keys.end());
  std::vector<Eigen::Index> indices;
  for (int k = 0; k < count; ++k) indices.push_back(keys[static_cast<std::size_t>(k)].second);
  std::sort(indices.begin(), indices.end());
  return indices;
}

FitResult fit_given(const Eigen::MatrixXd& points, const Eigen::VectorXd& targets, const FitOptions& options) {
  const Eigen::Index d = points.rows();
  FitResult result;
  result.points = targets.size();
  std::vector<Hyperparameters> starts = options.starts.empty() ? cold_starts(d) : options.starts;
  if (options.starts.empty() && targets.size() >= kLarge) {
    if (const std::optional<FitResult> half = fit_half(points, targets, options)) {
      starts = {half->hyperparameters};
      result.evaluations = half->evaluations;
    }
  }
  result.hyperparameters = options.starts.empty() ? Hyperparameters::defaults(d) : options.starts.front();
  result.hyperparameters.kernel = options.kernel;
  if (targets.size() < 2 || !points.allFinite() || !targets.allFinite()) {
    result.message = "fewer than two points, or values that are not finite";
    return result;
  }
  const bool with_prior = options.mode == FitMode::kMaximumAPosteriori;
  const Prior prior = options.prior.value_or(Prior::defaults(d));
  const Prior* prior_used = with_prior ? &prior : nullptr;
  MarginalLikelihood likelihood(points, targets, options.trend, options.kernel, options.compute,
                                options.covariance ? options.covariance(targets) : nullptr);
  const std::vector<double>& spreads = likelihood.trend_spreads();
  const LogBox box = log_box(options.bounds, d, spreads);
  const auto negative = [&](const Eigen::VectorXd& theta, Eigen::VectorXd& gradient) {
    const double value = likelihood.evaluate(theta, &gradient, prior_used);
    gradient = -gradient;
    return -value;
  };
  linalg::MinimiseOptions minimise;
  minimise.max_evaluations = options.max_evaluations;
  minimise.gradient_tolerance = options.gradient_tolerance;
  minimise.relative_decrease = options.relative_decrease;
  double best = std::numeric_limits<double>::infinity();
  Eigen::VectorXd best_theta;
  for (Hyperparameters start : starts) {
    if (!options.trend) {
      start.trend = {};
    } else if (!start.trend.any()) {
      start.trend = {kTrendStart / spreads[0], kTrendStart / spreads[1], kTrendStart / spreads[2]};
    }
    const auto found = linalg::minimise_box(negative, to_log(start), box.lower, box.upper, minimise);
    result.evaluations += found.evaluations;
    if (found.termination == linalg::Termination::kNoFiniteValue || found.value >= best) continue;
    best = found.value;
    best_theta = found.x;
    result.status = found.termination == linalg::Termination::kConverged ? FitStatus::kConverged : FitStatus::kStopped;
    result.message = found.message;
  }
  if (best_theta.size() == 0) {
    result.message = "no start has a finite likelihood";
    return result;
  }
  result.hyperparameters = from_log(best_theta, d, options.kernel);
  result.objective = likelihood.evaluate(best_theta, nullptr, prior_used);
  result.log_likelihood = likelihood.log_likelihood();
  if (result.message.empty()) result.message = likelihood.message();
  return result;
}

}  // namespace

FitResult fit(const Eigen::MatrixXd& points, const Eigen::VectorXd& targets, const FitOptions& options) {
  const Eigen::Index n = targets.size();
  int most = std::max(2, options.max_points);
  if (!on_device(options.compute, n)) most = std::min(most, std::max(2, options.compute.exact_points));
  if (n > most) {
    const std::vector<Eigen::Index> some = drawn(n, most);
    return fit(points(Eigen::all, some), targets(some), options);
  }
  std::string left;
  try {
    return fit_given(points, targets, options);
  } catch (const DeviceError& error) {
    left = leave_device(error);
  }
  FitOptions on_cpu = options;
  on_cpu.compute.device = Device::kCpu;
  on_cpu.covariance = nullptr;
  FitResult result = fit(points, targets, on_cpu);
  result.message = left + (result.message.empty() ? "" : "; " + result.message);
  return result;
}

}  // namespace exturbo::gp
