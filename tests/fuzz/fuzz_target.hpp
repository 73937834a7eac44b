// What the fuzz targets share: parts of an input, and claims about faults.
// SPDX-License-Identifier: BSD-3-Clause
//
// Each target defines LLVMFuzzerTestOneInput. With clang, libFuzzer calls it; with any compiler, replay_main.cpp does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "exturbo/core/fault.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace exturbo::fuzz {

/// Ends the process where a claim does not hold: libFuzzer and ctest then have the input as a finding.
inline void claim(bool holds, const std::string& what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what.c_str());
  std::abort();
}

inline void claim_complete(const std::vector<core::Fault>& faults) {
  for (const core::Fault& fault : faults)
    claim(!fault.id.empty() && !fault.file.empty() && !fault.what.empty() && !fault.hint.empty(),
          "a fault has id, file, what and hint: " + to_string(fault));
}

/// Parts of an input that lines of "%%%" divide; at least `count`, the last ones empty.
inline std::vector<std::string> parts_of(const std::uint8_t* data, std::size_t size, std::size_t count) {
  static const std::string kDivider = "\n%%%\n";
  const std::string text(reinterpret_cast<const char*>(data), size);
  std::vector<std::string> parts;
  for (std::size_t begin = 0; parts.size() + 1 < count;) {
    const std::size_t end = text.find(kDivider, begin);
    parts.push_back(text.substr(begin, end == std::string::npos ? end : end - begin));
    if (end == std::string::npos) {
      parts.resize(count);
      return parts;
    }
    begin = end + kDivider.size();
    if (parts.size() + 1 == count) parts.push_back(text.substr(begin));
    if (parts.size() == count) return parts;
  }
  if (parts.empty()) parts.push_back(text);
  return parts;
}

}  // namespace exturbo::fuzz
