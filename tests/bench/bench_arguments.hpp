// The command line that the benches of methods share.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace exturbo::bench {

struct BenchArguments {
  bool quick = false;
  int seeds = 0;    ///< 0: the bench's own number.
  int budget = 0;   ///< 0: the problem's.
  int threads = 1;  ///< OpenMP threads of the models.
  int workers = 2;  ///< Simulator processes.
  bool rolling = false;
  std::vector<std::string> methods;   ///< Empty: all.
  std::vector<std::string> problems;  ///< Names or groups; empty: all.
  std::filesystem::path out;          ///< Empty: the bench's own place.
};

/// Reads `--quick --seeds N --budget N --threads N --workers N --rolling --methods a,b --problems a,b --out FILE`.
/// \param lacking those of them that the bench has not.
/// \throws core::InputError with all faults.
BenchArguments read_bench_arguments(const std::vector<std::string>& words,
                                    const std::vector<std::string>& lacking = {});

/// The entries of `known` that are named in `wanted`, in the order of `known`; all if `wanted` is empty.
/// \throws core::InputError that lists what is known, if a name is not.
std::vector<std::string> select(const std::string& option, const std::vector<std::string>& wanted,
                                const std::vector<std::string>& known);

}  // namespace exturbo::bench
