// Words of hints in faults.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <set>
#include <string>
#include <vector>

namespace exturbo::spice {

/// "did you mean 'x'?" if a known name is close, else the other hint.
std::string did_you_mean(const std::string& name, const std::vector<std::string>& known, const std::string& otherwise);

std::vector<std::string> list(const std::set<std::string>& names);

/// "a, b, c"
std::string join(const std::vector<std::string>& names);

}  // namespace exturbo::spice
