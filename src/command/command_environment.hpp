// What an evaluator's command may see of this process's environment.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

namespace exturbo::command {

/// "NAME=value" of all variables but those that hold keys: named *_KEY, *_TOKEN or *_SECRET, case-blind.
std::vector<std::string> command_environment(const char* const* environment);

}  // namespace exturbo::command
