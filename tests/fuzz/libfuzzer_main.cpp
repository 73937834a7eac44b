// One fuzz target as libFuzzer calls it.
// SPDX-License-Identifier: BSD-3-Clause
#include <cstddef>
#include <cstdint>

#include "fuzz_target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  exturbo::fuzz::EXTURBO_FUZZ_TARGET(std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
