// Candidate points: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "candidates.hpp"

#include <algorithm>

#include "exturbo/gp/sobol.hpp"

namespace exturbo::bo {

Eigen::MatrixXd candidate_points(const Box& box, const Eigen::VectorXd& centre, int count, core::RandomStream& stream) {
  const Eigen::Index d = centre.size();
  Eigen::MatrixXd points = gp::shifted_sobol_points(d, count, stream);
  const Eigen::VectorXd width = box.upper - box.lower;
  for (Eigen::Index i = 0; i < count; ++i) {
    const double probability = std::min(1.0, (i % 2 == 0 ? 20.0 : 5.0) / static_cast<double>(d));
    const auto kept = static_cast<Eigen::Index>(stream.below(static_cast<std::uint32_t>(d)));
    for (Eigen::Index j = 0; j < d; ++j) {
      const bool moves = probability >= 1 || stream.uniform() < probability || j == kept;
      points(j, i) = moves ? box.lower[j] + width[j] * points(j, i) : centre[j];
    }
  }
  return points;
}

}  // namespace exturbo::bo
