// Random Fourier features: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/gp/fourier_features.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace exturbo::gp {

void sine_cosine_of_turns(const Eigen::Ref<const Eigen::ArrayXd>& turns, Eigen::Ref<Eigen::ArrayXd> sine,
                          Eigen::Ref<Eigen::ArrayXd> cosine) {
  // Half the angle lies in [-pi/2, pi/2]; there Taylor sums to x^21 and x^22 are exact to rounding.
  const Eigen::ArrayXd x = std::numbers::pi * (turns - turns.rint());
  const Eigen::ArrayXd y = x.square();
  Eigen::ArrayXd s = Eigen::ArrayXd::Constant(x.size(), 1.0);
  Eigen::ArrayXd c = Eigen::ArrayXd::Constant(x.size(), 1.0);
  for (int k = 10; k >= 1; --k) s = 1.0 - y * s * (1.0 / ((2 * k) * (2 * k + 1)));
  for (int k = 11; k >= 1; --k) c = 1.0 - y * c * (1.0 / ((2 * k - 1) * (2 * k)));
  s *= x;
  sine = 2.0 * s * c;
  cosine = 1.0 - 2.0 * s.square();
}

FourierFeatures::FourierFeatures(Eigen::Index dimensions, int features, core::RandomStream& stream, Kernel kernel) {
  const Eigen::Index half = std::max(1, (features + 1) / 2);
  turns_.resize(half, dimensions);
  for (Eigen::Index i = 0; i < half; ++i) {
    double chi_squared = 0;  // 5 degrees of freedom
    for (int k = 0; k < 5; ++k) {
      const double z = stream.normal();
      chi_squared += z * z;
    }
    const double spread = (kernel == Kernel::kRbf ? 1.0 : std::sqrt(5.0 / chi_squared)) / (2 * std::numbers::pi);
    for (Eigen::Index j = 0; j < dimensions; ++j) turns_(i, j) = spread * stream.normal();
  }
  amplitude_ = 1.0 / std::sqrt(static_cast<double>(half));
}

Eigen::MatrixXd FourierFeatures::evaluate(const Eigen::Ref<const Eigen::MatrixXd>& scaled_points) const {
  const Eigen::Index half = turns_.rows();
  const Eigen::MatrixXd turns = scaled_points.transpose() * turns_.transpose();  // N x m/2
  Eigen::MatrixXd features(scaled_points.cols(), 2 * half);
  for (Eigen::Index j = 0; j < half; ++j) {
    sine_cosine_of_turns(turns.col(j).array(), features.col(half + j).array(), features.col(j).array());
  }
  features *= amplitude_;
  return features;
}

double FourierFeatures::dot_at(const Eigen::VectorXd& scaled_point, const Eigen::VectorXd& weights,
                               Eigen::VectorXd* gradient) const {
  const Eigen::Index half = turns_.rows();
  const Eigen::VectorXd turns = turns_ * scaled_point;
  Eigen::ArrayXd sine(half);
  Eigen::ArrayXd cosine(half);
  sine_cosine_of_turns(turns.array(), sine, cosine);
  const auto cosine_weights = weights.head(half).array();
  const auto sine_weights = weights.tail(half).array();
  if (gradient != nullptr) {
    const Eigen::VectorXd slope = sine_weights * cosine - cosine_weights * sine;
    *gradient += (2 * std::numbers::pi * amplitude_) * (turns_.transpose() * slope);
  }
  return amplitude_ * (cosine_weights * cosine + sine_weights * sine).sum();
}

}  // namespace exturbo::gp
