// What a plug-in for a device offers, and its entry point.
// SPDX-License-Identifier: BSD-3-Clause
//
// The plug-in is a shared object of this same build: it is loaded when a device is asked for and refused where its
// version differs. The program runs without it and without the device's own libraries.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "exturbo/gp/covariance.hpp"
#include "exturbo/gp/device_error.hpp"
#include "exturbo/gp/device_profile.hpp"

namespace exturbo::gp {

/// Likelihoods of several processes of the same points at once: for few points a device is busy only with many
/// matrices.
class LikelihoodBatch {
 public:
  virtual ~LikelihoodBatch() = default;

  /// What MarginalLikelihood asks of one process (see Covariance).
  struct Terms {
    linalg::FactorResult factor;
    double log_determinant = 0;
    Eigen::MatrixXd solved;  ///< K^-1 [y, 1], n x 2.
  };

  /// Assembles and factors one matrix for each set of hyperparameters, and solves for the columns y of `targets`
  /// (n x b) and for ones. \param active of the b processes, those asked for; the others' terms stay empty.
  virtual std::vector<Terms> factor(const std::vector<const Hyperparameters*>& active,
                                    const Eigen::Ref<const Eigen::MatrixXd>& targets) = 0;
  /// Covariance::likelihood_slopes() of those factored last; a null alpha is passed over.
  virtual std::vector<Eigen::VectorXd> slopes(const std::vector<const Eigen::VectorXd*>& residuals,
                                              const std::vector<const Eigen::VectorXd*>& alphas) = 0;
};

class Accelerator {
 public:
  virtual ~Accelerator() = default;
  virtual std::string name() const = 0;
  /// Bytes.
  virtual std::uint64_t memory() const = 0;
  virtual std::unique_ptr<Covariance> make_covariance() = 0;
  /// \param points d x n.
  virtual std::unique_ptr<LikelihoodBatch> make_likelihood_batch(const Eigen::Ref<const Eigen::MatrixXd>& points) = 0;
  /// For benches; takes seconds. Zeros where the device has no room.
  virtual DeviceProfile measure_profile(int n, int d) = 0;
};

/// The device in use, null where there is none or it was retired: see accelerator_state(). Loads the plug-in at the
/// first call; thread-safe; lives until the program ends.
Accelerator* accelerator();
/// Leaves a device that failed, for the rest of the program; accelerator_state() says why. Thread-safe.
void retire_accelerator(const std::string& why);

/// Leaves the device for one piece of work where it has no room, else for good. Returns what to say before the message
/// of what the CPU did instead. Thread-safe, as the next is.
std::string leave_device(const DeviceError& error);
/// Why a device was left last, once; empty: none since. For messages alone.
std::string take_left_device();

/// Changes whenever this header or covariance.hpp does.
constexpr int kAcceleratorVersion = 5;

/// The plug-in's one C symbol, `exturbo_accelerator`: the device, which lives until the program ends, or null with the
/// reason in `why`.
using AcceleratorEntry = Accelerator* (*)(int version, std::string* why);

}  // namespace exturbo::gp
