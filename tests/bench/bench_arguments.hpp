// The command line that the benches of methods share.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <functional>
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

/// A bench's `main`: 0 if `run` says that every target is met, 1 if not, 2 or 3 with a message for wrong words or an
/// environment that does not serve.
int run_bench(int count, char** words, const std::vector<std::string>& lacking,
              const std::function<bool(const BenchArguments&)>& run);

/// The entries of `known` that are named in `wanted`, in the order of `known`; all if `wanted` is empty.
/// \throws core::InputError that lists what is known, if a name is not.
std::vector<std::string> select(const std::string& option, const std::vector<std::string>& wanted,
                                const std::vector<std::string>& known);

}  // namespace exturbo::bench
