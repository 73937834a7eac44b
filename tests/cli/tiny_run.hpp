// A finished run of the tiny problem, made once per test program.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace exturbo::test {

/// Folder with the tiny problem's files, seeds.json and the run folder "run" of 6 evaluations, two of them seeds,
/// verified with 5 samples. Read only. \throws std::runtime_error if `exturbo size` or `verify` fails.
const std::filesystem::path& tiny_run();

/// Lines of a file.
std::vector<std::string> lines_of(const std::filesystem::path& file);

}  // namespace exturbo::test
