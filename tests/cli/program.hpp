// Runs the real `exturbo` program and catches what it says.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace exturbo::test {

/// How a program ended.
struct Completed {
  int exit_code = -1;  ///< -1 if it did not exit by itself.
  int signal = 0;      ///< What ended it, if a signal did.
  bool hung = false;   ///< It was still running at the time limit and was killed.
  std::string out;
  std::string err;
};

/// Runs `exturbo` with these arguments in `folder`, without a shell (support/child_process.hpp); stdin is empty.
Completed run_exturbo(const std::vector<std::string>& arguments, const std::filesystem::path& folder,
                      std::chrono::seconds limit = std::chrono::seconds(120));

}  // namespace exturbo::test
