// Cholesky factorisation by Eigen, on the CPU.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "exturbo/linalg/cholesky.hpp"

namespace exturbo::linalg {

class EigenCholesky final : public Cholesky {
 public:
  FactorResult factor(const Eigen::Ref<const Eigen::MatrixXd>& a) override;
  FactorResult append(const Eigen::Ref<const Eigen::MatrixXd>& cross,
                      const Eigen::Ref<const Eigen::MatrixXd>& corner) override;
  void truncate(Eigen::Index n) override { lower_.conservativeResize(n, n); }
  Eigen::Index size() const override { return lower_.rows(); }
  double jitter() const override { return jitter_; }
  double log_determinant() const override;
  void solve_in_place(Eigen::Ref<Eigen::MatrixXd> b) const override;
  void solve_lower_in_place(Eigen::Ref<Eigen::MatrixXd> b) const override;
  void inverse_lower(Eigen::MatrixXd& out) const override;
  Eigen::Ref<const Eigen::MatrixXd> lower() const override { return lower_; }

 private:
  Eigen::MatrixXd lower_;
  double jitter_ = 0;
};

}  // namespace exturbo::linalg
