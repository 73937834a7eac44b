// Counter-based random streams: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/core/random.hpp"

#include <Random123/philox.h>

#include <cmath>
#include <numbers>

namespace exturbo::core {

// Counter word 0 counts blocks; words 1 and 2 carry the index, word 3 the purpose; the key is the rng seed.
RandomStream::RandomStream(std::uint64_t rng_seed, std::uint64_t index, Purpose purpose)
    : counter_{0, static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(index >> 32),
               static_cast<std::uint32_t>(purpose)},
      key_{static_cast<std::uint32_t>(rng_seed), static_cast<std::uint32_t>(rng_seed >> 32)} {}

std::uint32_t RandomStream::bits() {
  if (used_ == 4) {
    const r123::Philox4x32::ctr_type counter{{counter_[0], counter_[1], counter_[2], counter_[3]}};
    const r123::Philox4x32::key_type key{{key_[0], key_[1]}};
    const auto block = r123::Philox4x32{}(counter, key);
    for (unsigned i = 0; i < 4; ++i) block_[i] = block[i];
    ++counter_[0];
    used_ = 0;
  }
  return block_[used_++];
}

double RandomStream::uniform() {
  const std::uint64_t high = bits() >> 5;  // 27 bits
  const std::uint64_t low = bits() >> 6;   // 26 bits
  return (static_cast<double>((high << 26) | low) + 0.5) * 0x1p-53;
}

double RandomStream::normal() {
  const double radius = std::sqrt(-2.0 * std::log(uniform()));
  return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

std::uint32_t RandomStream::below(std::uint32_t bound) {
  return static_cast<std::uint32_t>((static_cast<std::uint64_t>(bits()) * bound) >> 32);
}

}  // namespace exturbo::core
