// A trust region's box as the unit box that searches run in.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <Eigen/Core>

#include "exturbo/linalg/minimise_box.hpp"
#include "trust_region.hpp"

namespace exturbo::bo {

/// The search runs in the box scaled to [0, 1], so that a shrinking trust region does not change its conditioning.
class ScaledBox {
 public:
  explicit ScaledBox(const Box& box) : lower_(box.lower), width_((box.upper - box.lower).cwiseMax(1e-12)) {}
  Eigen::VectorXd to_unit(const Eigen::VectorXd& t) const { return lower_ + width_.cwiseProduct(t); }
  Eigen::VectorXd from_unit(const Eigen::VectorXd& x) const {
    return (x - lower_).cwiseQuotient(width_).cwiseMax(0.0).cwiseMin(1.0);
  }
  const Eigen::VectorXd& width() const { return width_; }

 private:
  Eigen::VectorXd lower_, width_;
};

/// linalg::minimise_box() in [0, 1] of every variable.
inline linalg::MinimiseResult minimise_in_unit_box(const linalg::SmoothFunction& function, const Eigen::VectorXd& start,
                                                   const linalg::MinimiseOptions& options) {
  return linalg::minimise_box(function, start, Eigen::VectorXd::Zero(start.size()), Eigen::VectorXd::Ones(start.size()),
                              options);
}

}  // namespace exturbo::bo
