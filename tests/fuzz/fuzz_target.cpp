// What the fuzz targets share: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "fuzz_target.hpp"

#include <cstdio>
#include <cstdlib>

namespace exturbo::fuzz {

void claim(bool holds, const std::string& what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what.c_str());
  std::abort();
}

void claim_complete(const std::vector<core::Fault>& faults) {
  for (const core::Fault& fault : faults)
    claim(!fault.id.empty() && !fault.file.empty() && !fault.what.empty() && !fault.hint.empty(),
          "a fault has id, file, what and hint: " + to_string(fault));
}

std::vector<std::string> parts_of(const std::string& input, std::size_t count) {
  static const std::string kDivider = "\n%%%\n";
  std::vector<std::string> parts(count);
  std::size_t begin = 0;
  for (std::string& part : parts) {
    const bool last = &part == &parts.back();
    const std::size_t end = last ? std::string::npos : input.find(kDivider, begin);
    part = input.substr(begin, end == std::string::npos ? end : end - begin);
    if (end == std::string::npos) break;
    begin = end + kDivider.size();
  }
  return parts;
}

}  // namespace exturbo::fuzz
