// Functions on the unit cube whose Sobol' indices are known, and their models from few points.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

#include "exturbo/sensitivity/cube_function.hpp"

namespace exturbo {

struct KnownFunction {
  std::string name;
  sensitivity::CubeFunction function;
  Eigen::VectorXd first, total;  ///< d each.
  Eigen::MatrixXd second;        ///< d x d, above the diagonal; empty where not known.
};

/// Ishigami & Homma 1990: sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1, x in [-pi, pi]^3; indices in closed form.
KnownFunction ishigami();

/// Saltelli & Sobol' 1995: product of (|4 x_i - 2| + a_i) / (1 + a_i), a = 0, 1, 4.5, 9, 99, 99, 99, 99; indices in
/// closed form.
KnownFunction g_function();

/// Water flow through a borehole, m^3/yr (Harper & Gupta 1983, in the form of Morris, Mitchell & Ylvisaker 1993); all
/// inputs uniform: radius of the borehole 0.05 to 0.15 m, radius of influence 100 to 50000 m, of the upper aquifer the
/// transmissivity 63070 to 115600 m^2/yr and the head 990 to 1110 m, of the lower one 63.1 to 116 m^2/yr and 700 to
/// 820 m, length 1120 to 1680 m, conductivity 9855 to 12045 m/yr. Indices as `indices_bench` prints them from 2^20
/// rows.
KnownFunction borehole();

/// Posterior mean of a GP, with default priors, of the function's standardised values at the first n Sobol points.
sensitivity::CubeFunction posterior_mean(const KnownFunction& known, Eigen::Index n);

}  // namespace exturbo
