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
  std::vector<std::string> devices;   ///< Empty: all.
  int prior = 0;                      ///< Prior evaluations; 0: the bench's own number.
  int model_points = 0;               ///< Of bo::Options; 0: the bench's own number.
};

/// Reads `--quick --seeds N --budget N --threads N --workers N --rolling --methods a,b --problems a,b --out FILE`.
/// \param lacking those of them that the bench has not.
/// \param more those of `--device a,b --prior N --model-points N` that it has.
/// \throws core::InputError with all faults.
BenchArguments read_bench_arguments(const std::vector<std::string>& words, const std::vector<std::string>& lacking = {},
                                    const std::vector<std::string>& more = {});

/// A bench's `main`: 0 if `run` says that every target is met, 1 if not, 2 or 3 with a message for wrong words or an
/// environment that does not serve.
int run_bench(int count, char** words, const std::vector<std::string>& lacking,
              const std::function<bool(const BenchArguments&)>& run, const std::vector<std::string>& more = {});

/// The entries of `known` that are named in `wanted`, in the order of `known`; all if `wanted` is empty.
/// \throws core::InputError that lists what is known, if a name is not.
std::vector<std::string> select(const std::string& option, const std::vector<std::string>& wanted,
                                const std::vector<std::string>& known);

}  // namespace exturbo::bench
