// The trust region: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "trust_region.hpp"

#include <algorithm>
#include <cmath>

namespace exturbo::bo {

TrustRegion::TrustRegion(const Options& options, int dimensions)
    : length_(options.initial_length),
      min_length_(options.min_length),
      max_length_(options.max_length),
      round_(std::max(options.batch, 1)),
      success_tolerance_(options.success_tolerance) {
  const int failures = options.failure_tolerance > 0 ? options.failure_tolerance : std::max(8, (dimensions + 1) / 2);
  failure_tolerance_ = (failures + round_ - 1) / round_;
}

void TrustRegion::record(bool improved) {
  round_improved_ = round_improved_ || improved;
  if (++told_in_round_ < round_) return;
  if (round_improved_) {
    failures_ = 0;
    if (++successes_ >= success_tolerance_) {
      successes_ = 0;
      length_ = std::min(2 * length_, max_length_);
    }
  } else {
    successes_ = 0;
    if (++failures_ >= failure_tolerance_) stall();
  }
  told_in_round_ = 0;
  round_improved_ = false;
}

void TrustRegion::stall() {
  successes_ = 0;
  failures_ = 0;
  told_in_round_ = 0;
  round_improved_ = false;
  length_ /= 2;
}

Box TrustRegion::box(const Eigen::VectorXd& centre, const Eigen::VectorXd& weights) const {
  const Eigen::ArrayXd half = 0.5 * length_ * weights.array();
  return {(centre.array() - half).max(0.0), (centre.array() + half).min(1.0)};
}

Eigen::VectorXd side_weights(const Eigen::MatrixXd& lengthscales) {
  const double d = static_cast<double>(lengthscales.rows());
  // A length-scale beyond the cube's diagonal says only that the variable does nothing.
  const Eigen::ArrayXXd logs = lengthscales.array().min(2 * std::sqrt(d)).log();
  Eigen::ArrayXd mean = logs.rowwise().mean();
  mean -= mean.mean();
  return mean.max(-std::log(4.0)).min(std::log(4.0)).exp();
}

}  // namespace exturbo::bo
