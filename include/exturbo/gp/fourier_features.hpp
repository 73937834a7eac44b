// Random Fourier features of a kernel with unit length-scales.
// SPDX-License-Identifier: BSD-3-Clause
//
// Rahimi & Recht 2007: k(x, x') is the mean of cos(w . (x - x')) over the kernel's spectral density, for Matern-5/2 a
// multivariate t distribution with 5 degrees of freedom, for RBF a normal one. m/2 frequencies give m features cos(w .
// x), sin(w . x), each times sqrt(2/m). Outputs with their own length-scales share the frequencies: they scale the
// points. Immutable.
#pragma once

#include <Eigen/Core>

#include "exturbo/core/random.hpp"
#include "exturbo/gp/stationary.hpp"

namespace exturbo::gp {

class FourierFeatures {
 public:
  /// \param features m, rounded up to an even number, at least 2. Draws from `stream`.
  FourierFeatures(Eigen::Index dimensions, int features, core::RandomStream& stream, Kernel kernel = Kernel::kMatern52);

  Eigen::Index size() const { return 2 * turns_.rows(); }
  /// Frequencies over 2 pi: m/2 x d.
  const Eigen::MatrixXd& turns() const { return turns_; }
  /// What each feature is multiplied by.
  double amplitude() const { return amplitude_; }
  /// Features at scaled points (d x N): N x m, cosines first.
  Eigen::MatrixXd evaluate(const Eigen::Ref<const Eigen::MatrixXd>& scaled_points) const;
  /// Sum of weights (m) times features at one scaled point (d); adds its gradient in scaled coordinates unless null.
  double dot_at(const Eigen::VectorXd& scaled_point, const Eigen::VectorXd& weights, Eigen::VectorXd* gradient) const;

 private:
  Eigen::MatrixXd turns_;  // m/2 x d: frequencies over 2 pi
  double amplitude_ = 1;
};

/// sin(2 pi t) and cos(2 pi t), vectorised, to about 4e-16.
void sine_cosine_of_turns(const Eigen::Ref<const Eigen::ArrayXd>& turns, Eigen::Ref<Eigen::ArrayXd> sine,
                          Eigen::Ref<Eigen::ArrayXd> cosine);

}  // namespace exturbo::gp
