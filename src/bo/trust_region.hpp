// The trust region: a box around the incumbent that grows on success and shrinks on failure (TuRBO, Eriksson et al.
// 2019). SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <Eigen/Core>

#include "exturbo/bo/options.hpp"

namespace exturbo::bo {

/// Lower and upper corner in the unit cube.
struct Box {
  Eigen::VectorXd lower, upper;
  /// `optimum` differs from `centre` by less than this share of the box in every variable.
  bool has_nothing_but(const Eigen::VectorXd& centre, const Eigen::VectorXd& optimum, double share) const {
    return ((optimum - centre).array().abs() < share * (upper - lower).array()).all();
  }
};

class TrustRegion {
 public:
  TrustRegion(const Options& options, int dimensions);

  /// One told evaluation of this region that the model proposed. \param improved on the region's best before it.
  void record(bool improved);
  /// The models see nothing better than the centre in the whole region: halves it at once.
  void stall();
  /// True once the side fell below Options::min_length.
  bool exhausted() const { return length_ < min_length_; }
  double length() const { return length_; }

  /// The box around `centre`, side length * weight_j in variable j; weights have a geometric mean of 1.
  Box box(const Eigen::VectorXd& centre, const Eigen::VectorXd& weights) const;

 private:
  double length_, min_length_, max_length_;
  int round_;                                  // evaluations that are judged together: a batch
  int success_tolerance_, failure_tolerance_;  // in rounds
  int successes_ = 0, failures_ = 0, told_in_round_ = 0;
  bool round_improved_ = false;
};

/// Side weights from length-scales (d x outputs): the geometric mean over the outputs, normalised to geometric mean 1
/// and kept within [1/4, 4], so that no variable is ever frozen.
Eigen::VectorXd side_weights(const Eigen::MatrixXd& lengthscales);

}  // namespace exturbo::bo
