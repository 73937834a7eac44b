// Acquisition functions in the logarithm: probability of feasibility and expected improvement.
// SPDX-License-Identifier: BSD-3-Clause
//
// log PF(x) = sum_j log Phi(-mu_j / sigma_j) over the constraints (Gelbart, Snoek & Adams 2014), log EI(x) =
// log(sigma h((f* - mu) / sigma)), h(z) = phi(z) + z Phi(z) (Ament, Daulton, Eriksson, Balandat & Bakshy 2023): in the
// logarithm both have a slope where their values underflow. Gradients are analytic; one evaluation costs O(n^2) an
// output.
#pragma once

#include <Eigen/Core>

#include "surrogate.hpp"
#include "trust_region.hpp"

namespace exturbo::bo {

/// log Phi(z) and, unless null, its slope; exact to about 1e-9 relative for any finite z.
double log_normal_cdf(double z, double* slope);
/// log(phi(z) + z Phi(z)) and, unless null, its slope; likewise.
double log_improvement(double z, double* slope);

/// log PF at x and its gradient (d). 0 without constraints.
double log_feasibility(const SurrogateSet& models, const Eigen::VectorXd& x, Eigen::VectorXd& gradient);
/// log EI below `best` (in the objective's model units) and its gradient (d).
double log_expected_improvement(const SurrogateSet& models, double best, const Eigen::VectorXd& x,
                                Eigen::VectorXd& gradient);

/// Local maximum of log PF in the box, from the better of two starts.
Eigen::VectorXd maximise_feasibility(const SurrogateSet& models, const Box& box, const Eigen::VectorXd& start,
                                     const Eigen::VectorXd& other);
/// Local maximum of log EI + log PF in the box, from the better of two starts.
Eigen::VectorXd maximise_expected_improvement(const SurrogateSet& models, double best, const Box& box,
                                              const Eigen::VectorXd& start, const Eigen::VectorXd& other);

}  // namespace exturbo::bo
