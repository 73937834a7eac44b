// The end of a run: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "finish.hpp"

#include <iostream>
#include <new>

#include "explanation.hpp"
#include "exturbo/core/fault.hpp"
#include "exturbo/gp/accelerator.hpp"
#include "exturbo/report/report.hpp"
#include "progress.hpp"

namespace exturbo::cli {
namespace {

std::string resume_command(const Finish& finish) {
  return "exturbo resume " + finish.folder.string() + (finish.machine.allow_command ? " --allow-command" : "");
}

[[noreturn]] void stop_resumable(const Finish& finish, const std::string& why) {
  std::error_code error;
  if (!std::filesystem::exists(finish.folder / "run.json", error)) throw core::EnvironmentError(why);
  throw core::EnvironmentError(why + "; then go on with: " + resume_command(finish));
}

}  // namespace

sizing::SizeSummary run_for(const Finish& finish, const std::function<sizing::SizeSummary()>& work) {
  try {
    return work();
  } catch (const core::EnvironmentError& error) {
    stop_resumable(finish, error.what());
  } catch (const std::bad_alloc&) {
    stop_resumable(finish, "out of memory; free some");
  } catch (const std::filesystem::filesystem_error& error) {
    stop_resumable(finish, error.what());
  }
}

int finish_run(const Finish& finish, const sizing::SizeSummary& summary) {
  const std::string folder = finish.folder.string();
  if (const std::string why = gp::take_left_device(); !why.empty())
    std::cerr << "warning: models were computed on the CPU instead of the GPU: " << why << "\n";
  if (summary.termination == sizing::Termination::kInterrupted) {
    std::cerr << "interrupted; go on with: " << resume_command(finish) << "\n";
    return kInterrupted;
  }
  try {
    if (finish.report && !explain_run(finish.folder, finish.machine, finish.quiet)) {
      std::cerr << "interrupted; the run is complete, explain it with: exturbo report " << folder << "\n";
      return kInterrupted;
    }
    if (finish.report) report::write_report(run::RunFolder::read(finish.folder));
  } catch (const core::EnvironmentError& error) {
    throw core::EnvironmentError(std::string(error.what()) +
                                 "; the run is complete, write its report with: exturbo report " + folder);
  }
  if (finish.json) {
    std::cout << summary.result.dump(2) << "\n";
  } else {
    print_verdict(summary.result);
    std::error_code error;
    if (std::filesystem::exists(finish.folder / "sized.cir", error))
      std::cout << "sized netlist  " << folder << "/sized.cir\n";
    if (finish.report) std::cout << "report         " << folder << "/report.html\n";
  }
  return summary.feasible ? kDone : kSpecsNotMet;
}

}  // namespace exturbo::cli
