// Case-blind text: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/core/text.hpp"

#include <algorithm>
#include <cctype>

namespace exturbo::core {

std::string lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

}  // namespace exturbo::core
