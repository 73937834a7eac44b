// Words of hints in faults: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "fault_hints.hpp"

#include "exturbo/core/fault.hpp"

namespace exturbo::spice {

std::string did_you_mean(const std::string& name, const std::vector<std::string>& known, const std::string& otherwise) {
  const std::string closest = core::closest_name(name, known);
  return closest.empty() ? otherwise : "did you mean '" + closest + "'?";
}

std::vector<std::string> list(const std::set<std::string>& names) { return {names.begin(), names.end()}; }

std::string join(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace exturbo::spice
