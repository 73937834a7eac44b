// Objective and constraints as the models see them: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "model_function.hpp"

#include <algorithm>
#include <cmath>

#include "threads.hpp"

namespace exturbo::bo {
namespace {

constexpr double kLeastVariance = 1e-12;

/// From the process's units to model units: constraints get their zero back.
double to_model(const Surrogate& s, int output, double z) { return output == 0 ? z : s.offset + s.deviation * z; }

}  // namespace

MeanFunction::MeanFunction(const SurrogateSet& models, double optimism)
    : models_(&models), optimism_(optimism), margins_(Eigen::VectorXd::Zero(models.size())) {}

void MeanFunction::at(const Eigen::VectorXd& x, Eigen::VectorXd& values, Eigen::MatrixXd* gradients) const {
  values.resize(outputs());
  if (gradients != nullptr) gradients->resize(x.size(), outputs());
  Eigen::VectorXd gradient(x.size());
  for (int k = 0; k < outputs(); ++k) {
    const Surrogate& s = models_->outputs()[static_cast<std::size_t>(k)];
    values[k] = to_model(s, k, s.process.mean_at(x, gradients != nullptr ? &gradient : nullptr)) + margins_[k];
    if (gradients != nullptr) gradients->col(k) = k == 0 ? gradient : Eigen::VectorXd(s.deviation * gradient);
    if (k > 0 || optimism_ == 0) continue;
    const double variance = s.process.variance_at(x, gradients != nullptr ? &gradient : nullptr);
    const double deviation = std::sqrt(std::max(kLeastVariance, variance));
    values[0] -= optimism_ * deviation;
    if (gradients != nullptr) gradients->col(0) -= 0.5 * optimism_ / deviation * gradient;
  }
}

Eigen::MatrixXd MeanFunction::evaluate(const Eigen::MatrixXd& points, int threads) const {
  Eigen::MatrixXd values(points.cols(), outputs());
  for_each_output(threads, outputs(), [&](int k) {
    const Surrogate& s = models_->outputs()[static_cast<std::size_t>(k)];
    const bool lowered = k == 0 && optimism_ > 0;
    Eigen::VectorXd mean;
    Eigen::VectorXd variance;
    s.process.posterior(points, mean, lowered ? &variance : nullptr);
    values.col(k) = mean;
    if (lowered) values.col(k).array() -= optimism_ * variance.array().max(kLeastVariance).sqrt();
    if (k > 0) values.col(k).array() = s.offset + s.deviation * values.col(k).array();
    values.col(k).array() += margins_[k];
  });
  return values;
}

void MeanFunction::set_margins(const Eigen::VectorXd& x, double factor, double least) {
  for (int k = 1; k < outputs(); ++k) {
    const Surrogate& s = models_->outputs()[static_cast<std::size_t>(k)];
    margins_[k] = least + factor * s.deviation * std::sqrt(s.process.variance_at(x, nullptr));
  }
}

SampleFunction::SampleFunction(const SurrogateSet& models, const Options& options, int dimensions, int id,
                               double temperature)
    : models_(&models) {
  const auto base = static_cast<std::uint64_t>(id) << 16;
  core::RandomStream stream(options.rng_seed, base, core::Purpose::kThompsonSample);
  features_ = std::make_unique<gp::FourierFeatures>(dimensions, options.fourier_features, stream);
  samples_.reserve(static_cast<std::size_t>(models.size()));
  for (int k = 0; k < models.size(); ++k) {
    core::RandomStream own(options.rng_seed, base + static_cast<std::uint64_t>(k) + 1, core::Purpose::kThompsonSample);
    samples_.emplace_back(models.outputs()[static_cast<std::size_t>(k)].process, *features_, own, temperature);
  }
}

Eigen::MatrixXd SampleFunction::evaluate(const Eigen::MatrixXd& points, int threads) const {
  Eigen::MatrixXd values(points.cols(), models_->size());
  for_each_output(threads, models_->size(), [&](int k) {
    const Surrogate& s = models_->outputs()[static_cast<std::size_t>(k)];
    values.col(k) = samples_[static_cast<std::size_t>(k)].evaluate(points);
    if (k > 0) values.col(k).array() = s.offset + s.deviation * values.col(k).array();
  });
  return values;
}

}  // namespace exturbo::bo
