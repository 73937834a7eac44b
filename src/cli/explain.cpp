// exturbo explain
// SPDX-License-Identifier: BSD-3-Clause
#include <iostream>

#include "command.hpp"
#include "explanation.hpp"
#include "exturbo/report/report.hpp"

namespace exturbo::cli {

int run_explain(const Command& self, const std::vector<std::string>& words) {
  namespace po = boost::program_options;
  po::options_description options("Explanation");
  options.add_options()(
      "allow-command", po::bool_switch(),
      "let the netlists run commands and touch files, or ask the evaluator's command about the design's "
      "neighbours")("quiet", po::bool_switch(), "no progress");
  const auto arguments = parse(self, options.add(machine_options()), "DIR", words);
  if (!arguments) return kDone;
  const std::filesystem::path folder = (*arguments)["DIR"].as<std::string>();
  install_signal_handlers();
  report::render_essence(run::RunFolder::read(folder));  // names the folder's faults before any simulation
  if (!explain_run(folder, machine(*arguments), (*arguments)["quiet"].as<bool>(), true)) {
    std::cerr << "interrupted; go on with the same command\n";
    return kInterrupted;
  }
  std::cout << report::render_essence(run::RunFolder::read(folder));
  return kDone;
}

}  // namespace exturbo::cli
