// What the commands that begin a run share: their options, and the run itself.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "command.hpp"

namespace exturbo::cli {

/// With model_options().
boost::program_options::options_description new_run_options();

/// Options on models and what they learn from, of every command that begins a run.
boost::program_options::options_description model_options();
std::vector<std::filesystem::path> history(const Arguments& arguments);
gp::Device device(const Arguments& arguments);
/// 0 if it is not given.
int model_points(const Arguments& arguments);

/// Faults of the values of new_run_options() and model_options().
std::vector<core::Fault> new_run_faults(const Arguments& arguments);

/// Begins a run of `problem` as the arguments say, on top of `options`, and ends it: report, verdict, exit code. Prints
/// the problem's warnings.
int begin_run(const Arguments& arguments, const problem::Problem& problem, sizing::SizeOptions options);

}  // namespace exturbo::cli
