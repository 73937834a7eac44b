// A problem whose simulation takes any time on demand.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "closed_form.hpp"

namespace exturbo::spice::closed_form {

/// An RC whose transient has `stop` s of 1 ns steps: any duration on demand.
inline problem::Problem slow_problem() {
  auto problem = problem_of("R1 inp out 1k\nC1 out 0 {c1}");
  problem.variables = {{"c1", 1e-12, 1e-9, problem::Scale::kLog, 0, false, "", 1, {}},
                       {"stop", 1e-9, 10, problem::Scale::kLog, 0, false, "", 1, {}}};
  add_testbench(
      problem, "bench",
      "Vdd vdd 0 DC {vdd}\nVin inp 0 DC 0.9 SIN(0.9 0.36 10k)\nXdut inp 0 out vdd 0 amp\nRs vdd 0 {1k+stop}\n",
      {{"sine", "tran 1u {stop} 0 20n", {}}});
  add_metric(problem, "thd", "bench");
  add_metric(problem, "power", "bench");
  return problem;
}

}  // namespace exturbo::spice::closed_form
