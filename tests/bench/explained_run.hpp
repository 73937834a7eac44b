// A finished run of a circuit in the bench's folder, to be explained.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "bench_arguments.hpp"
#include "exturbo/problem/problem.hpp"
#include "exturbo/run/run_folder.hpp"

namespace exturbo::bench {

/// The run of rng seed 1 in FOLDER/<circuit>-<process>: begun, gone on with, or as it is.
/// \throws core::InputError, core::EnvironmentError.
run::RunFolder explained_run(const problem::Problem& problem, const std::string& name, const BenchArguments& arguments,
                             int budget);

/// The best design of a finished run, in the unit cube.
std::vector<double> best_unit(const problem::Problem& problem, const run::RunFolder& run);

/// `--out`, else the bench's own place; "miller/ptm90" becomes "miller-ptm90".
std::filesystem::path bench_folder(const BenchArguments& arguments);
std::string flat_name(std::string name);

}  // namespace exturbo::bench
