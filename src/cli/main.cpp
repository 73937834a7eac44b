// The command line: finds the subcommand and turns faults into exit codes.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <array>
#include <iostream>
#include <new>

#include "command.hpp"
#include "exturbo/core/fault.hpp"

namespace {

using namespace exturbo;
using cli::Command;

constexpr std::array kCommands{
    Command{"size", "PROBLEM.json [options]",
            "Sizes a circuit: finds the variables that meet all specs and minimise the objective.", cli::run_size},
    Command{"optimize", "PROBLEM.json --allow-command [options]",
            "The same optimiser where a command of yours evaluates the designs: Spectre, HSPICE, a model in Python.",
            cli::run_optimize},
    Command{"resume", "DIR [options]",
            "Goes on with a run that was stopped or killed, to the result it would have had.", cli::run_resume},
    Command{"simulate", "PROBLEM.json [options]", "Simulates one design: metrics, verdict, operating points.",
            cli::run_simulate},
    Command{"design", "NETLIST --pdk P --specs S.json [options]",
            "The whole flow: reads a netlist, drafts its problem, finds seeds, sizes it and reports.", cli::run_design},
    Command{"seeds", "PROBLEM.json [options]",
            "Designs first sizes of an amplifier by the gm/ID method, as seeds for a run.", cli::run_seeds},
    Command{"check", "PROBLEM.json [options]", "Names all faults of a problem and its netlists; simulates nothing.",
            cli::run_check},
    Command{"init", "NETLIST --pdk P --kind K [options]",
            "Drafts a problem from a bare netlist: variables, testbenches, default specs, valid as written.",
            cli::run_init},
    Command{"describe", "NETLIST [--pdk PROCESS] [options]",
            "Prints what a circuit is made of as JSON: components, blocks, matching devices, signal path, type.",
            cli::run_describe},
    Command{"explain", "DIR",
            "Tells why the design of a run is as it is: what limits it, what decides, what trades performance.",
            cli::run_explain},
    Command{"report", "DIR [DIR2] [--pdf]",
            "Writes report.html and report.md of a run, finished or not; of two runs, what they differ in.",
            cli::run_report},
    Command{"verify", "DIR [options]", "Simulates the best design of a run at all corners and in Monte Carlo.",
            cli::run_verify},
    Command{"doctor", "", "Says what is here, what is missing, and what to do.", cli::run_doctor},
};

/// A fault as one line: files below the working folder by their relative path, no control characters (names and values
/// in a message come from the input).
std::string line_of(core::Fault fault) {
  std::error_code error;
  const auto relative = std::filesystem::path(fault.file).lexically_relative(std::filesystem::current_path(error));
  if (!error && fault.file.starts_with('/') && !relative.empty() && *relative.begin() != "..")
    fault.file = relative.string();
  std::string line;
  for (const char c : core::to_string(fault)) {
    const auto code = static_cast<unsigned char>(c);
    if (code >= 0x20 && code != 0x7f) {
      line += c;
    } else {
      constexpr const char* kDigits = "0123456789abcdef";
      line += {'\\', 'x', kDigits[code / 16], kDigits[code % 16]};
    }
  }
  return line;
}

void print_help(std::ostream& out) {
  out << "usage: exturbo COMMAND ...\n\nExTuRBO sizes analog circuits: a SPICE netlist and a problem JSON in,\n"
         "a sized netlist and a report that explains it out.\n\n";
  for (const Command& command : kCommands) {
    out << "  " << command.name << std::string(10 - std::string_view(command.name).size(), ' ') << command.summary
        << "\n";
  }
  out << "\n`exturbo COMMAND --help` explains one. `exturbo --version` tells the version.\n"
         "Exit codes: 0 done and all specs met, 1 finished but specs not met, 2 bad input or arguments,\n"
         "3 the environment lacks something, 130 interrupted (resumable).\n";
}

int dispatch(const std::vector<std::string>& words) {
  if (words.empty()) {
    print_help(std::cerr);
    return cli::kBadInput;
  }
  if (words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
    print_help(std::cout);
    return cli::kDone;
  }
  if (words[0] == "--version") {
    std::cout << "exturbo " << EXTURBO_VERSION << "\n";
    return cli::kDone;
  }
  const auto command =
      std::find_if(kCommands.begin(), kCommands.end(), [&](const Command& c) { return words[0] == c.name; });
  if (command == kCommands.end()) {
    std::vector<std::string> names;
    for (const Command& c : kCommands) names.emplace_back(c.name);
    const std::string closest = core::closest_name(words[0], names);
    throw core::InputError({{"CLI-003", "command line", "", "unknown command \"" + words[0] + "\"",
                             closest.empty() ? "see `exturbo --help`" : "did you mean \"" + closest + "\"?"}});
  }
  return command->run(*command, {words.begin() + 1, words.end()});
}

}  // namespace

int main(int count, char** words) {
  try {
    const int code = dispatch({words + 1, words + count});
    if (!std::cout.flush()) throw core::EnvironmentError("standard output cannot be written; is its disk full?");
    return code;
  } catch (const core::InputError& error) {
    for (const core::Fault& fault : error.faults()) std::cerr << line_of(fault) << "\n";
    return cli::kBadInput;
  } catch (const core::EnvironmentError& error) {
    std::cerr << "exturbo: " << error.what() << " (`exturbo doctor` tells more)\n";
    return cli::kEnvironment;
  } catch (const std::bad_alloc&) {
    std::cerr << "exturbo: out of memory\n";
    return cli::kEnvironment;
  } catch (const std::filesystem::filesystem_error& error) {
    std::cerr << "exturbo: " << error.what() << "\n";
    return cli::kEnvironment;
  } catch (const std::exception& error) {
    std::cerr << "exturbo: internal error: " << error.what() << " (please report it with the files that show it)\n";
    return cli::kEnvironment;
  }
}
