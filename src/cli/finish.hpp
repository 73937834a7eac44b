// The end of `size` and `resume`: report, verdict, exit code.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>

#include "command.hpp"

namespace exturbo::cli {

struct Finish {
  std::filesystem::path folder;
  bool json = false;
  bool report = true;
};

int finish_run(const Finish& finish, const sizing::SizeSummary& summary);

}  // namespace exturbo::cli
