// Where the programs lie that this one starts.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace exturbo::core {

/// The first that is there: what the environment variable names, `name` beside the running executable, in
/// ../libexec/exturbo of it, and `further`. Empty if none is.
std::filesystem::path find_own_program(const std::string& name, const char* variable,
                                       const std::vector<std::filesystem::path>& further);

}  // namespace exturbo::core
