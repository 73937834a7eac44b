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

/// A kernel of unit signal variance at a squared distance: what value and slope share is worked out once, each of them
/// when it is asked for.
template <class Number>
class KernelAt {
 public:
  EXTURBO_HOST_DEVICE KernelAt(Kernel kernel, const Number& squared)
      : kernel_(kernel), squared_(squared), root_(root(kernel, squared)), decay_(decay(kernel, squared, root_)) {}

  EXTURBO_HOST_DEVICE Number value() const {
    return kernel_ == Kernel::kMatern52 ? Number((1.0 + root_ + (5.0 / 3.0) * squared_) * decay_) : decay_;
  }
  /// -2 dk/d(r^2).
  EXTURBO_HOST_DEVICE Number slope() const {
    return kernel_ == Kernel::kMatern52 ? Number((5.0 / 3.0) * (1.0 + root_) * decay_) : decay_;
  }

 private:
  EXTURBO_HOST_DEVICE static Number root(Kernel kernel, const Number& squared) {
    using std::sqrt;
    return kernel == Kernel::kMatern52 ? Number(sqrt(5.0 * squared)) : squared;
  }
  EXTURBO_HOST_DEVICE static Number decay(Kernel kernel, const Number& squared, const Number& root) {
    using std::exp;
    return kernel == Kernel::kMatern52 ? Number(exp(-root)) : Number(exp(-0.5 * squared));
  }

  Kernel kernel_;
  Number squared_, root_, decay_;  // root_: sqrt(5) r, of Matern-5/2 alone
};

}  // namespace exturbo::gp
