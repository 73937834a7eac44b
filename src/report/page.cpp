// Fills templates: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "page.hpp"

#include <stdexcept>

namespace exturbo::report {

std::string fill_page(std::string_view page, const PageValues& values) {
  std::string result;
  for (std::size_t at = 0; at < page.size();) {
    const std::size_t open = page.find("{{", at);
    result += page.substr(at, open - at);
    if (open == std::string_view::npos) break;
    const std::size_t close = page.find("}}", open);
    const auto value =
        close == std::string_view::npos ? values.end() : values.find(page.substr(open + 2, close - open - 2));
    if (value == values.end())
      throw std::logic_error("template of a page: unknown or open key at " + std::string(page.substr(open, 40)));
    result += value->second;
    at = close + 2;
  }
  return result;
}

}  // namespace exturbo::report
