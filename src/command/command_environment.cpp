// What an evaluator's command may see: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "command_environment.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "exturbo/core/text.hpp"

namespace exturbo::command {

std::vector<std::string> command_environment(const char* const* environment) {
  static constexpr std::array<std::string_view, 3> kKeys{"_key", "_token", "_secret"};
  std::vector<std::string> kept;
  for (const char* const* entry = environment; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    const std::string name = core::lower_case(text.substr(0, text.find('=')));
    if (std::none_of(kKeys.begin(), kKeys.end(), [&](std::string_view end) { return name.ends_with(end); }))
      kept.push_back(text);
  }
  return kept;
}

}  // namespace exturbo::command
