// The end of `size` and `resume`: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "finish.hpp"

#include <iostream>

#include "exturbo/report/report.hpp"
#include "progress.hpp"

namespace exturbo::cli {

int finish_run(const Finish& finish, const sizing::SizeSummary& summary) {
  const std::string folder = finish.folder.string();
  if (summary.termination == sizing::Termination::kInterrupted) {
    std::cerr << "interrupted; go on with: exturbo resume " << folder << "\n";
    return kInterrupted;
  }
  if (finish.report) report::write_report(run::RunFolder::read(finish.folder));
  if (finish.json) {
    std::cout << summary.result.dump(2) << "\n";
  } else {
    print_verdict(summary.result);
    std::cout << "sized netlist  " << folder << "/sized.cir\n";
    if (finish.report) std::cout << "report         " << folder << "/report.html\n";
  }
  return summary.feasible ? kDone : kSpecsNotMet;
}

}  // namespace exturbo::cli
