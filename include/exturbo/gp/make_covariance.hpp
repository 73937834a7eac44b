// Chooses a covariance matrix's sibling.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <memory>

#include "exturbo/gp/compute.hpp"
#include "exturbo/gp/covariance.hpp"

namespace exturbo::gp {

/// What a covariance matrix is made for.
enum class Purpose {
  kFit,      ///< Likelihoods and their slopes for many hyperparameters of the same points.
  kPredict,  ///< Predictions for one set of hyperparameters, of growing data.
};

/// The sibling for n points. kCuda without a device is the CPU: see require_device().
std::unique_ptr<Covariance> make_covariance(const Compute& compute, Purpose purpose, Eigen::Index n);

/// The CPU's sibling for `points` (d x n), in place of a device's; `compute` stays there from then on.
std::unique_ptr<Covariance> on_cpu(const Eigen::MatrixXd& points, Compute& compute, Purpose purpose);

/// Factors `covariance`, which has `points` (d x n). Where a device's memory does not suffice, or it fails, on_cpu()
/// takes its place, and the message says so.
linalg::FactorResult factor(std::unique_ptr<Covariance>& covariance, const Eigen::MatrixXd& points,
                            const Hyperparameters& hyperparameters, Compute& compute, Purpose purpose);

}  // namespace exturbo::gp
