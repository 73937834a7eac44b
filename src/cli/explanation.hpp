// Explains a run where that is not done yet.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>

#include "exturbo/sizing/size.hpp"

namespace exturbo::cli {

/// Writes sensitivity.json of a finished run that has a design, unless it is there already for this design and as many
/// evaluations. `simulate_commands`: a problem's evaluator is asked as well (Machine::allow_command). Tells its phases
/// on stderr unless `quiet`. False if it was interrupted. \throws core::InputError, core::EnvironmentError.
bool explain_run(const std::filesystem::path& folder, const sizing::Machine& machine, bool quiet,
                 bool simulate_commands = false);

}  // namespace exturbo::cli
