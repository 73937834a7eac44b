// The models: one Gaussian process per output, on the evaluations and learned points nearest the trust region's centre.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <Eigen/Core>
#include <vector>

#include "exturbo/gp/gaussian_process.hpp"
#include "history.hpp"
#include "ranking.hpp"

namespace exturbo::bo {

/// One output in model units: z = (g - offset) / deviation is what the process models.
struct Surrogate {
  gp::GaussianProcess process;
  gp::Hyperparameters hyperparameters;
  bool fitted = false;
  bool fresh = false;  ///< Its hyperparameters are newer than the process.
  double offset = 0;
  double deviation = 1;
  std::vector<int> ids;  ///< Of what `process` is conditioned on, before the pending ones; of learned points negative.
  int fits = 0, failed_fits = 0, likelihoods = 0;
};

/// Output 0 is the objective, 1..m the constraints (met when g <= 0), and, once an evaluation has failed, m + 1 the
/// model of failure: +1 failed, -1 not, a constraint like the others.
class SurrogateSet {
 public:
  SurrogateSet(int dimensions, int constraints, const Options& options);

  /// Takes the told evaluations and learned points nearest the incumbent (at most max_model_points, of which half are
  /// for told ones; distances in coordinates divided by the side `weights`), re-fits hyperparameters if due, factors,
  /// and adds the pending points of `history` with their posterior means as targets.
  void update(const History& history, const Ranking& ranking, const Evaluation& incumbent,
              const Eigen::VectorXd& weights);

  const std::vector<Surrogate>& outputs() const { return outputs_; }
  int size() const { return static_cast<int>(outputs_.size()); }
  bool models_failures() const { return size() > constraints_ + 1; }
  /// d x outputs: of the objective alone, or of the constraints the incumbent violates.
  Eigen::MatrixXd lengthscales(const Outcome& incumbent) const;
  double seconds_fit() const { return seconds_fit_; }

 private:
  struct Data;
  void add_output();
  struct Rows;
  /// Standardises the output's targets: its points, targets and ids.
  Rows rows_of(int output, const Data& data);
  void fit(const std::vector<Rows>& rows, bool refit);
  void condition(int output, Rows rows, const Data& data);

  int dimensions_, constraints_;
  Options options_;
  std::vector<Surrogate> outputs_;
  int told_at_fit_ = 0;
  double seconds_fit_ = 0;
};

}  // namespace exturbo::bo
