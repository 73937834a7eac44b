// Sobol search: the points of a shifted Sobol sequence, whatever comes of them.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/gp/sobol.hpp"
#include "method.hpp"

namespace exturbo::bench {

void run_sobol(Trial& trial, const MethodOptions& /*options*/) {
  core::RandomStream stream = trial.stream(0);
  const Eigen::MatrixXd points = gp::shifted_sobol_points(trial.space().size(), trial.budget(), stream);
  for (Eigen::Index next = 0; next < points.cols();) {
    std::vector<std::vector<double>> batch;
    for (; next < points.cols() && static_cast<int>(batch.size()) < trial.batch(); ++next)
      batch.emplace_back(points.col(next).begin(), points.col(next).end());
    trial.evaluate_unit(batch);
  }
}

}  // namespace exturbo::bench
