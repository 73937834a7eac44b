// Stationary kernels as element-wise functions of the squared distance of scaled points, for host and device alike.
// SPDX-License-Identifier: BSD-3-Clause
//
// With r^2 = sum_j ((x_j - x'_j) / l_j)^2 (Rasmussen & Williams 2006, eqs. 4.9 and 4.17):
//   Matern-5/2   k = (1 + a + a^2 / 3) exp(-a), a = sqrt(5) r;   slope -2 dk/d(r^2) = 5/3 (1 + a) exp(-a)
//   RBF          k = exp(-r^2 / 2);                              slope -2 dk/d(r^2) = k
// The slope times (x_j - x'_j)^2 / l_j^2 is dk / d log l_j. `Number` is a double, on the host or in a CUDA kernel, or
// an Eigen array: one text for all.
#pragma once

#include <cmath>

#if defined(__CUDACC__)
#define EXTURBO_HOST_DEVICE __host__ __device__
#else
#define EXTURBO_HOST_DEVICE
#endif

namespace exturbo::gp {

enum class Kernel { kMatern52, kRbf };

/// Value and slope for unit signal variance.
template <class Number>
struct KernelValue {
  Number value, slope;
};

template <class Number>
EXTURBO_HOST_DEVICE inline KernelValue<Number> matern52_of(const Number& squared) {
  using std::exp;
  using std::sqrt;
  const Number a = sqrt(5.0 * squared);
  const Number decay = exp(-a);
  return {(1.0 + a + (5.0 / 3.0) * squared) * decay, (5.0 / 3.0) * (1.0 + a) * decay};
}

template <class Number>
EXTURBO_HOST_DEVICE inline KernelValue<Number> rbf_of(const Number& squared) {
  using std::exp;
  const Number value = exp(-0.5 * squared);
  return {value, value};
}

template <class Number>
EXTURBO_HOST_DEVICE inline KernelValue<Number> kernel_of(Kernel kernel, const Number& squared) {
  return kernel == Kernel::kRbf ? rbf_of(squared) : matern52_of(squared);
}

}  // namespace exturbo::gp
