// Predictions and samples at many points, a tile of them at a time.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <optional>

#include "kernel_system.hpp"
#include "prediction_tile.hpp"

namespace exturbo::cuda {
namespace {

/// A prior's draws on the device, a block of frequencies at a time.
class DeviceFeatures {
 public:
  /// \param memory for kFrequencies * d + 2 * kFrequencies * kOutputs doubles, and kFrequencies for each point of a
  /// tile.
  DeviceFeatures(Queue& queue, const gp::FourierFeatures& features, const Eigen::MatrixXd& weights, double* memory)
      : queue_(queue),
        features_(features),
        weights_(weights),
        turns_(memory),
        prior_(turns_ + kFrequencies * features.turns().cols()),
        angles_(prior_ + 2 * kFrequencies * kOutputs) {}

  /// Adds the draws of outputs [output, output + outputs) at the points to `values` (points x outputs).
  void add(const PointSet& points, std::int64_t output, std::int64_t outputs, double* values) {
    const std::int64_t half = features_.turns().rows(), d = features_.turns().cols();
    for (std::int64_t first = 0; first < half; first += kFrequencies) {
      const std::int64_t count = std::min(kFrequencies, half - first);
      load(first, count, output, outputs);
      queue_.multiply(false, false, count, points.count, d, 1, turns_, count, points.points, d + 1, 0, angles_, count);
      add_features(queue_, angles_, count, points.count, prior_, outputs, features_.amplitude(), values);
    }
  }

 private:
  void load(std::int64_t first, std::int64_t count, std::int64_t output, std::int64_t outputs) {
    if (first == first_ && output == output_) return;
    first_ = first;
    output_ = output;
    const Eigen::MatrixXd& turns = features_.turns();
    const std::int64_t half = turns.rows();
    queue_.upload_matrix(turns.data() + first, half, turns_, count, count, turns.cols());
    const double* const own = weights_.data() + output * 2 * half + first;
    queue_.upload_matrix(own, 2 * half, prior_, 2 * count, count, outputs);
    queue_.upload_matrix(own + half, 2 * half, prior_ + count, 2 * count, count, outputs);
  }

  Queue& queue_;
  const gp::FourierFeatures& features_;
  const Eigen::MatrixXd& weights_;
  double *turns_, *prior_, *angles_;
  std::int64_t first_ = -1, output_ = -1;  // what is loaded
};

}  // namespace

void KernelSystem::predict(const Eigen::MatrixXd& centred, const Eigen::Ref<const Eigen::MatrixXd>& weights,
                           Eigen::MatrixXd& means, Eigen::VectorXd* reductions, const gp::FourierFeatures* features,
                           const Eigen::MatrixXd& prior_weights) {
  const std::int64_t n = order_, all_outputs = weights.cols(), count = centred.cols(), d = centred.rows();
  means.resize(count, all_outputs);
  if (reductions != nullptr) reductions->resize(count);
  double* const device_weights = tile_.data();
  double* const values = device_weights + n * kOutputs;
  double* const candidates = values + width_ * kOutputs;
  double* const rest = candidates + width_ * point_size(d);
  std::optional<DeviceFeatures> draws;
  if (features != nullptr) draws.emplace(queue_, *features, prior_weights, rest);
  for (std::int64_t output = 0; output == 0 || output < all_outputs; output += kOutputs) {
    const std::int64_t outputs = std::min(kOutputs, all_outputs - output);
    queue_.upload_matrix(weights.data() + output * weights.outerStride(), weights.outerStride(), device_weights, n, n,
                         outputs);
    for (std::int64_t first = 0; first < count; first += width_) {
      const std::int64_t columns = std::min(width_, count - first);
      const PointSet tile =
          upload_points(queue_, centred.middleCols(first, columns), hyperparameters_.lengthscales, candidates);
      assemble_cross(queue_, terms(), points(), tile, panel_.data(), n);
      queue_.multiply(true, false, columns, outputs, n, 1, panel_.data(), n, device_weights, n, 0, values, columns);
      if (draws) draws->add(tile, output, outputs, values);
      Eigen::MatrixXd part(columns, outputs);
      queue_.download(values, part.data(), part.size());
      means.block(first, output, columns, outputs) = part;
      if (reductions == nullptr || output > 0) continue;
      queue_.solve_lower(false, n, columns, factor_.data(), stride_, panel_.data(), n);
      column_norms(queue_, panel_.data(), n, columns, values);
      queue_.download(values, reductions->data() + first, columns);
    }
  }
}

}  // namespace exturbo::cuda
