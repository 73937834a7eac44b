// What every subcommand shares: its entry in the table, option parsing, exit codes.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <atomic>
#include <boost/program_options.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "exturbo/sizing/size.hpp"

namespace exturbo::cli {

enum ExitCode : int { kDone = 0, kSpecsNotMet = 1, kBadInput = 2, kEnvironment = 3, kInterrupted = 130 };

struct Command {
  const char* name;
  const char* usage;
  const char* summary;
  int (*run)(const Command& self, const std::vector<std::string>& arguments);
};

int run_size(const Command&, const std::vector<std::string>&);
int run_optimize(const Command&, const std::vector<std::string>&);
int run_resume(const Command&, const std::vector<std::string>&);
int run_simulate(const Command&, const std::vector<std::string>&);
int run_design(const Command&, const std::vector<std::string>&);
int run_seeds(const Command&, const std::vector<std::string>&);
int run_check(const Command&, const std::vector<std::string>&);
int run_init(const Command&, const std::vector<std::string>&);
int run_describe(const Command&, const std::vector<std::string>&);
int run_explain(const Command&, const std::vector<std::string>&);
int run_report(const Command&, const std::vector<std::string>&);
int run_verify(const Command&, const std::vector<std::string>&);
int run_doctor(const Command&, const std::vector<std::string>&);

using Arguments = boost::program_options::variables_map;

/// Parses the arguments of a subcommand: `options`, plus one positional argument stored as `positional` (none if
/// empty), and a second one, which may be absent, as `second` (none if empty). Prints the help text and returns nothing
/// for --help. \throws core::InputError for unknown options, missing or malformed values.
std::optional<Arguments> parse(const Command& command, boost::program_options::options_description options,
                               const std::string& positional, const std::vector<std::string>& arguments,
                               const std::string& second = "");

/// The text of an option or argument, "" if it is not given.
std::string text_of(const Arguments& arguments, const char* name);

/// Options of subcommands that load a problem or simulate.
boost::program_options::options_description problem_options();
boost::program_options::options_description machine_options();
std::vector<std::filesystem::path> pdk_path(const Arguments& arguments);
sizing::Machine machine(const Arguments& arguments);

/// Set by SIGINT and SIGTERM once the handlers are installed.
const std::atomic<bool>& stop_flag();
void install_signal_handlers();

}  // namespace exturbo::cli
