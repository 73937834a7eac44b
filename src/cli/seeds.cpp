// exturbo seeds
// SPDX-License-Identifier: BSD-3-Clause
#include <fstream>
#include <iostream>

#include "command.hpp"
#include "exturbo/core/fault.hpp"
#include "seed_source.hpp"

namespace exturbo::cli {
namespace {

namespace po = boost::program_options;

void write(const std::string& file, const std::string& text) {
  if (std::filesystem::exists(file)) {
    throw core::InputError({{"CLI-003", file, "", "is there already", "name a new file with --out, or remove it"}});
  }
  std::ofstream out(file);
  out << text << std::flush;
  if (!out) throw core::EnvironmentError("cannot write " + file + "; is its folder there and writable?");
}

}  // namespace

int run_seeds(const Command& self, const std::vector<std::string>& words) {
  po::options_description options("Seeds");
  options.add_options()("out", po::value<std::string>(), "file to write; without it the seeds go to stdout")(
      "quiet", po::bool_switch(), "no progress");
  const auto arguments = parse(self, options.add(problem_options()).add(machine_options()), "PROBLEM.json", words);
  if (!arguments) return kDone;
  const problem::Problem problem = sizing::open_problem((*arguments)["PROBLEM.json"].as<std::string>(),
                                                        pdk_path(*arguments), (*arguments)["allow-command"].as<bool>());
  const agents::DesignerResult result =
      ask_designer(problem, machine(*arguments), (*arguments)["quiet"].as<bool>());
  const std::string text = problem::to_json(result.seeds);
  if (arguments->contains("out")) {
    write((*arguments)["out"].as<std::string>(), text);
  } else {
    std::cout << text;
  }
  return kDone;
}

}  // namespace exturbo::cli
