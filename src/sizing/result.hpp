// What a run hands back: evaluations from simulator outcomes, the best design, result.json.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "exturbo/problem/problem.hpp"
#include "exturbo/run/run_folder.hpp"
#include "exturbo/spice/outcome.hpp"

namespace exturbo::sizing {

struct Seconds {
  double simulate = 0;  ///< Sum over the evaluations.
  double model = 0;     ///< In the optimiser.
  double total = 0;     ///< Wall time.
};

/// Copies status, corners and timings of a simulator outcome on the corners `corners` of the problem into an
/// evaluation; metrics that are not finite numbers become unmeasured.
void record_outcome(const problem::Problem& problem, const std::vector<std::size_t>& corners,
                    const spice::Outcome& outcome, run::Evaluation& evaluation);

/// Lower J; at equal J the earlier one.
bool is_better(const run::Evaluation& a, const run::Evaluation& b);

/// Verdict spec by spec: metric, unit, bounds, value, met, relative margin.
run::Json specs_json(const problem::Problem& problem, const run::Evaluation& evaluation);

/// Operating points by device of one corner.
run::Json devices_json(const spice::CornerOutcome& outcome);

/// Share of each element of the cell in the power that they turn into heat; sums to 1, or empty.
std::map<std::string, double> power_shares(const spice::CornerOutcome& outcome);

/// Content of result.json; `best_outcome` has the corners of `best`. It holds no path, date, host or worker count.
run::Json result_json(const problem::Problem& problem, const std::map<int, run::Evaluation>& evaluations,
                      const run::Evaluation& best, const spice::Outcome& best_outcome, std::uint64_t rng_seed,
                      const Seconds& seconds);

}  // namespace exturbo::sizing
