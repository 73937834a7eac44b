// exturbo seeds
// SPDX-License-Identifier: BSD-3-Clause
#include <fstream>
#include <iostream>

#include "command.hpp"
#include "exturbo/core/fault.hpp"
#include "exturbo/flow/warm_start.hpp"

namespace exturbo::cli {
namespace {

namespace po = boost::program_options;

void require_new(const std::filesystem::path& file) {
  if (std::filesystem::exists(file)) {
    throw core::InputError(
        {{"CLI-003", file.string(), "", "is there already", "name a new file with --out, or remove it"}});
  }
}

void write(const std::filesystem::path& file, const std::string& text) {
  std::ofstream out(file);
  out << text << std::flush;
  if (!out) throw core::EnvironmentError("cannot write " + file.string() + "; is its folder there and writable?");
}

}  // namespace

int run_seeds(const Command& self, const std::vector<std::string>& words) {
  po::options_description options("Seeds");
  options.add_options()("out", po::value<std::string>(), "file to write; without it the seeds go to stdout")(
      "record", po::value<std::string>(),
      "also ask the vision-language model of EXTURBO_VLM_URL, and keep the exchanges in this file")(
      "replay", po::value<std::string>(), "answer from a record instead of a network")(
      "schematic", po::value<std::string>(), "PNG, JPEG or SVG of the schematic, for the model")(
      "quiet", po::bool_switch(), "no progress");
  const auto arguments = parse(self, options.add(problem_options()).add(machine_options()), "PROBLEM.json", words);
  if (!arguments) return kDone;
  const problem::Problem problem = sizing::open_problem((*arguments)["PROBLEM.json"].as<std::string>(),
                                                        pdk_path(*arguments), (*arguments)["allow-command"].as<bool>());
  const std::filesystem::path out = text_of(*arguments, "out");
  if (!out.empty()) require_new(out);
  install_signal_handlers();
  const bool quiet = (*arguments)["quiet"].as<bool>();
  const agents::RankedSeeds ranked =
      flow::warm_start(problem, flow::describe_cell(problem),
                       {text_of(*arguments, "replay"), text_of(*arguments, "record"), text_of(*arguments, "schematic")},
                       machine(*arguments),
                       {[&](const std::string& text) {
                          if (!quiet) std::cerr << text << "\n";
                        },
                        &stop_flag()});
  if (stop_flag()) return kInterrupted;
  const std::string text = problem::to_json(ranked.seeds);
  if (out.empty()) {
    std::cout << text;
  } else {
    write(out, text);
  }
  return kDone;
}

}  // namespace exturbo::cli
