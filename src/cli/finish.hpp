// The end of `size`, `optimize` and `resume`: report, verdict, exit code.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <functional>

#include "command.hpp"

namespace exturbo::cli {

struct Finish {
  std::filesystem::path folder;
  bool json = false;
  bool report = true;
  bool quiet = false;
  sizing::Machine machine;  ///< Its allow_command has to be given to `resume` as well.
};

/// Runs or resumes. Where the environment ends the run, the error says how to go on with it.
sizing::SizeSummary run_for(const Finish& finish, const std::function<sizing::SizeSummary()>& work);

int finish_run(const Finish& finish, const sizing::SizeSummary& summary);

}  // namespace exturbo::cli
