// What every subcommand shares: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "command.hpp"

#include <csignal>
#include <iostream>

#include "exturbo/core/fault.hpp"

namespace exturbo::cli {
namespace {

namespace po = boost::program_options;
std::atomic<bool> stop{false};
constexpr std::uint64_t kMebi = std::uint64_t{1} << 20;
constexpr int kLeastMemory = 256;  ///< MiB; ngspice with a thread beside it starts in less.
constexpr int kMostMemory = 1 << 20;
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void on_signal(int signal) {
  // A second signal ends the program at once: everything finished is in the journal anyway.
  if (stop.exchange(true)) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  }
}

[[noreturn]] void refuse(const std::string& place, const std::string& what, const Command& command,
                         const std::string& closest = "") {
  const std::string hint =
      closest.empty() ? std::string("see `exturbo ") + command.name + " --help`" : "did you mean " + closest + "?";
  throw core::InputError({{"CLI-001", "command line", place, what, hint}});
}

/// The option that is most like `name`, or "".
std::string closest_option(const std::string& name, const po::options_description& options) {
  std::vector<std::string> names;
  for (const auto& option : options.options())
    names.push_back(option->canonical_display_name(po::command_line_style::allow_long));
  return core::closest_name(name, names);
}

}  // namespace

std::optional<Arguments> parse(const Command& command, po::options_description options, const std::string& positional,
                               const std::vector<std::string>& arguments, const std::string& second) {
  options.add_options()("help,h", "this text");
  po::options_description hidden;
  po::positional_options_description places;
  for (const std::string& place : {positional, second}) {
    if (place.empty()) continue;
    hidden.add_options()(place.c_str(), po::value<std::string>());
    places.add(place.c_str(), 1);
  }
  po::options_description all;
  all.add(options).add(hidden);
  Arguments parsed;
  try {
    using Style = po::command_line_style::style_t;
    const int style = Style::unix_style & ~Style::allow_guessing;
    po::store(po::command_line_parser(arguments).options(all).positional(places).style(style).run(), parsed);
    po::notify(parsed);
  } catch (const po::unknown_option& error) {
    refuse(error.get_option_name(), "no such option", command, closest_option(error.get_option_name(), options));
  } catch (const po::too_many_positional_options_error&) {
    refuse("",
           positional.empty() ? "takes no arguments"
           : second.empty()   ? "takes one argument, " + positional
                              : "takes at most two arguments, " + positional + " and " + second,
           command);
  } catch (const po::invalid_command_line_syntax& error) {
    refuse(error.get_option_name(),
           error.kind() == po::invalid_syntax::extra_parameter ? "takes no value" : "needs a value", command);
  } catch (const po::multiple_occurrences& error) {
    refuse(error.get_option_name(), "is given twice", command);
  } catch (const po::validation_error& error) {
    refuse(error.get_option_name(), "not a value that this option takes", command);
  } catch (const po::error_with_option_name& error) {
    refuse(error.get_option_name(), error.what(), command);
  } catch (const po::error& error) {
    refuse("", error.what(), command);
  }
  if (parsed.contains("help")) {
    std::cout << "usage: exturbo " << command.name << " " << command.usage << "\n"
              << command.summary << "\n\n"
              << options;
    return std::nullopt;
  }
  if (!positional.empty() && (!parsed.contains(positional) || parsed[positional].as<std::string>().empty()))
    refuse(positional, "is missing", command);
  return parsed;
}

po::options_description problem_options() {
  po::options_description options("Problem");
  options.add_options()("pdk-path", po::value<std::string>(),
                        "folders that hold process folders, separated by colons (also: EXTURBO_PDK_PATH)")(
      "allow-command", po::bool_switch(),
      "let the netlists run commands and touch files, or run the evaluator's command: for what you trust; to be given "
      "anew at each start");
  return options;
}

po::options_description machine_options() {
  po::options_description options("Machine (changes no result)");
  options.add_options()("workers", po::value<int>()->default_value(0), "simulator processes; 0: one per processor")(
      "cpu-limit", po::value<double>()->default_value(sizing::Machine{}.cpu_limit),
      "seconds of processor time after which one evaluation is given up, for each corner")(
      "wall-limit", po::value<double>(), "the same by the clock; default: twice the processor time")(
      "memory-limit", po::value<int>()->default_value(static_cast<int>(sizing::Machine{}.memory_limit / kMebi)),
      "MiB of address space that a simulator may have");
  return options;
}

std::string text_of(const Arguments& arguments, const char* name) {
  return arguments.contains(name) ? arguments[name].as<std::string>() : "";
}

std::vector<std::filesystem::path> pdk_path(const Arguments& arguments) {
  std::vector<std::filesystem::path> folders;
  if (!arguments.contains("pdk-path")) return folders;
  std::string text = arguments["pdk-path"].as<std::string>();
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(':', begin), text.size());
    if (end > begin) folders.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return folders;
}

sizing::Machine machine(const Arguments& arguments) {
  sizing::Machine machine;
  machine.workers = arguments["workers"].as<int>();
  if (arguments.contains("cpu-limit")) machine.cpu_limit = arguments["cpu-limit"].as<double>();
  if (arguments.contains("wall-limit")) machine.wall_limit = arguments["wall-limit"].as<double>();
  const int memory = arguments.contains("memory-limit") ? arguments["memory-limit"].as<int>() : kLeastMemory;
  if (arguments.contains("memory-limit"))
    machine.memory_limit = static_cast<std::uint64_t>(std::max(0, memory)) * kMebi;
  machine.allow_command = arguments.contains("allow-command") && arguments["allow-command"].as<bool>();
  std::vector<core::Fault> faults;
  if (machine.workers < 0 || machine.workers > 1024) {
    faults.push_back(
        {"CLI-002", "command line", "--workers", "must lie in 0 .. 1024", "0 stands for one per processor"});
  }
  for (const char* name : {"cpu-limit", "wall-limit"}) {
    if (!arguments.contains(name)) continue;
    const double seconds = arguments[name].as<double>();
    if (seconds > 0 && seconds <= 1e6) continue;
    faults.push_back({"CLI-002", "command line", std::string("--") + name, "must lie in 0 .. 1e6 and not be 0",
                      "give seconds, such as 60"});
  }
  if (memory < kLeastMemory || memory > kMostMemory) {
    faults.push_back({"CLI-002", "command line", "--memory-limit",
                      "must lie in " + std::to_string(kLeastMemory) + " .. " + std::to_string(kMostMemory),
                      "give MiB, such as 4096"});
  }
  if (!faults.empty()) throw core::InputError(std::move(faults));
  return machine;
}

const std::atomic<bool>& stop_flag() { return stop; }

void install_signal_handlers() {
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
  std::signal(SIGPIPE, SIG_IGN);
}

}  // namespace exturbo::cli
