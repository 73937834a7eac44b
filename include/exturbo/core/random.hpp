// Counter-based random streams: Philox 4x32-10 (Salmon et al., SC 2011) from the Random123 library.
// SPDX-License-Identifier: BSD-3-Clause
//
// A stream is named by (rng seed, index, purpose) and holds no other state than its own counter, so that any number
// of workers and threads draws the same numbers. Streams with different names are independent. O(1) to make.
#pragma once

#include <array>
#include <cstdint>

namespace exturbo::core {

/// What the numbers are for: streams of one evaluation that serve different purposes never overlap.
enum class Purpose : std::uint32_t {
  kInitialDesign = 1,
  kCandidates = 2,
  kThompsonSample = 3,
  kHyperparameters = 4,
  kRestart = 5,
  kMonteCarlo = 6,
  kTest = 7,
  kBackOff = 8,
  kSensitivity = 9,
};

class RandomStream {
 public:
  RandomStream(std::uint64_t rng_seed, std::uint64_t index, Purpose purpose);

  std::uint32_t bits();
  /// Uniform on (0, 1), both ends excluded; 53 random bits.
  double uniform();
  /// Standard normal by Box-Muller, one value a call.
  double normal();
  /// Uniform on {0, ..., bound - 1}; bound >= 1.
  std::uint32_t below(std::uint32_t bound);

 private:
  std::array<std::uint32_t, 4> counter_;
  std::array<std::uint32_t, 2> key_;
  std::array<std::uint32_t, 4> block_{};
  unsigned used_ = 4;
};

}  // namespace exturbo::core
