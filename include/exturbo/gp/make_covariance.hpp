// Chooses a covariance matrix's sibling.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <memory>

#include "exturbo/gp/compute.hpp"
#include "exturbo/gp/covariance.hpp"

namespace exturbo::gp {

/// What a covariance matrix is made for.
enum class Purpose {
  kFit,      ///< Likelihoods and their slopes for many hyperparameters of the same points: exact.
  kPredict,  ///< Predictions for one set of hyperparameters, of growing data.
};

/// Whether n points are computed on a device. kCuda without a device is the CPU: see require_device().
bool on_device(const Compute& compute, Eigen::Index n);

/// The sibling for n points.
std::unique_ptr<Covariance> make_covariance(const Compute& compute, Purpose purpose, Eigen::Index n);

}  // namespace exturbo::gp
