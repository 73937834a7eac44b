// Separable quadratic trend: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/gp/trend.hpp"

#include <cmath>

namespace exturbo::gp {

Eigen::MatrixXd trend_features(const Eigen::Ref<const Eigen::MatrixXd>& centred, const Hyperparameters& h) {
  const Eigen::Index d = centred.rows();
  Eigen::MatrixXd features(2 * d + 1, centred.cols());
  features.topRows(d) = std::sqrt(h.linear_variance) * centred;
  features.row(2 * d) = std::sqrt(h.curvature_variance) * centred.colwise().squaredNorm();
  features.middleRows(d, d) = std::sqrt(h.quadratic_variance) * centred.cwiseAbs2();
  return features;
}

}  // namespace exturbo::gp
