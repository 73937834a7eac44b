// Where searches that run side by side meet, so that a device computes their likelihoods together.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "exturbo/gp/accelerator.hpp"

namespace exturbo::gp {

class LikelihoodMeeting {
 public:
  /// \param participants threads that each ask, or leave, until the last has left.
  LikelihoodMeeting(Accelerator& accelerator, int participants);
  ~LikelihoodMeeting();

  /// The matrix of one process that asks through this meeting; it has set_points(), factor(), the solution for
  /// `targets` and ones, and likelihood_slopes().
  std::unique_ptr<Covariance> covariance(const Eigen::VectorXd& targets);
  /// The calling thread asks for nothing more.
  void leave();

 private:
  class Guest;
  struct Table;

  /// What a thread waits for: a factor where `hyperparameters` is there, else slopes.
  struct Request {
    Guest* guest = nullptr;
    const Hyperparameters* hyperparameters = nullptr;
    const Eigen::VectorXd* residual = nullptr;
    const Eigen::VectorXd* alpha = nullptr;
  };
  /// Returns once all that take part have asked and the device has answered. \throws DeviceError in all of them where
  /// it failed, then and ever after.
  void ask(const Request& request);
  void answer();
  void compute();
  Table& table_of(const Eigen::MatrixXd& points);

  Accelerator& accelerator_;
  std::mutex mutex_;
  std::condition_variable answered_;
  int present_;
  long round_ = 0;
  std::vector<Request> requests_;
  std::vector<std::unique_ptr<Table>> tables_;
  std::optional<std::string> failure_;
};

}  // namespace exturbo::gp
