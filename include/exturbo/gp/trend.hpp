// Separable quadratic trend of a GP: a linear and a square term per variable, with normal priors on the coefficients.
// SPDX-License-Identifier: BSD-3-Clause
//
// f(x) = sum_j (a_j u_j + b_j u_j^2), u = x - centre, a_j ~ N(0, linear variance), b_j ~ N(0, quadratic variance): Bayesian
// linear regression as part of the kernel, phi(x) . phi(x') with 2 d features (Rasmussen & Williams 2006, ch. 2.7).
#pragma once

#include <Eigen/Core>

#include "exturbo/gp/matern52.hpp"

namespace exturbo::gp {

/// Features at points minus their centre (d x N): 2 d x N, linear ones first, each times its prior deviation.
Eigen::MatrixXd trend_features(const Eigen::Ref<const Eigen::MatrixXd>& centred, const Hyperparameters& h);

}  // namespace exturbo::gp
