// The memory of a tile of candidates.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "kernel_system.hpp"

namespace exturbo::cuda {

constexpr std::int64_t kOutputs = 16;       ///< Columns of weights at a time.
constexpr std::int64_t kFrequencies = 128;  ///< Of a sample's features at a time.

/// Doubles for predictions at `width` points at a time, given n: weights, frequencies, the prior's weights; and of each
/// point itself, values, and features' angles. Their covariances with the data are the panel's.
constexpr std::int64_t prediction_size(std::int64_t n, std::int64_t d, std::int64_t width) {
  return n * kOutputs + kFrequencies * d + 2 * kFrequencies * kOutputs +
         width * (point_size(d) + kOutputs + kFrequencies);
}

}  // namespace exturbo::cuda
