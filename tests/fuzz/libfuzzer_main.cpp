// One fuzz target as libFuzzer calls it.
// SPDX-License-Identifier: BSD-3-Clause
#include <cstddef>
#include <cstdint>
#include <ctime>

#include "fuzz_target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // libFuzzer's own limit is of wall time: on a busy machine it would find what is not there.
  constexpr std::clock_t kMost = 10 * CLOCKS_PER_SEC;
  const std::clock_t begin = std::clock();
  exturbo::fuzz::EXTURBO_FUZZ_TARGET(std::string(reinterpret_cast<const char*>(data), size));
  exturbo::fuzz::claim(std::clock() - begin < kMost, "an input takes less than ten seconds of processor time");
  return 0;
}
