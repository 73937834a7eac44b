// What the commands that begin a run share: their options, and the run itself.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "command.hpp"

namespace exturbo::cli {

/// How the optimiser models.
boost::program_options::options_description model_options();
sizing::ModelOptions models_of(const Arguments& arguments);

/// With model_options().
boost::program_options::options_description new_run_options();

/// Faults of the values of new_run_options(), as far as a command has them.
std::vector<core::Fault> new_run_faults(const Arguments& arguments);

/// Begins a run of `problem` as the arguments say, on top of `options`, and ends it: report, verdict, exit code. Prints
/// the problem's warnings.
int begin_run(const Arguments& arguments, const problem::Problem& problem, sizing::SizeOptions options);

}  // namespace exturbo::cli
