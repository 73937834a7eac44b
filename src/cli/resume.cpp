// exturbo resume
// SPDX-License-Identifier: BSD-3-Clause
#include "command.hpp"
#include "exturbo/core/fault.hpp"
#include "finish.hpp"
#include "progress.hpp"

namespace exturbo::cli {

int run_resume(const Command& self, const std::vector<std::string>& words) {
  namespace po = boost::program_options;
  po::options_description options("Run");
  options.add_options()("budget", po::value<int>(), "evaluations in all; default: as asked when the run began")(
      "no-report", po::bool_switch(), "write no report")(
      "allow-command", po::bool_switch(),
      "let the netlists run commands and touch files, or run the evaluator's command")(
      "quiet", po::bool_switch(), "no progress")("json", po::bool_switch(),
                                                 "result.json on stdout, everything else on stderr");
  const auto arguments = parse(self, options.add(machine_options()), "DIR", words);
  if (!arguments) return kDone;
  const std::filesystem::path folder = (*arguments)["DIR"].as<std::string>();
  std::optional<int> budget;
  if (arguments->contains("budget")) budget = (*arguments)["budget"].as<int>();
  const problem::Problem problem =
      sizing::open_problem(run::RunFolder::read(folder), (*arguments)["allow-command"].as<bool>());
  const Finish finish{folder, (*arguments)["json"].as<bool>(), !(*arguments)["no-report"].as<bool>(),
                      (*arguments)["quiet"].as<bool>(), machine(*arguments)};
  install_signal_handlers();
  sizing::SizeSummary summary;
  {
    ProgressLine line(problem.objective.metric, problem.metric(problem.objective.metric)->unit,
                      (*arguments)["quiet"].as<bool>());
    summary = run_for(finish, [&] {
      return sizing::resume(folder, budget, machine(*arguments),
                            {[&](const sizing::Progress& progress) { line.show(progress); }, &stop_flag()});
    });
  }
  return finish_run(finish, summary);
}

}  // namespace exturbo::cli
