// The seeds of a run, and what became of each.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <vector>

#include "exturbo/problem/seeds.hpp"
#include "exturbo/run/run_folder.hpp"

namespace exturbo::report {

struct ProposedSeed {
  problem::Seed seed;
  bool ranked = true;  ///< False: others were preferred.
  int evaluation = 0;  ///< Index of its evaluation; 0: it was not simulated.
};

/// Those of seeds.json in their order, then those of seeds-unused.json. `evaluations`: by index.
/// \throws core::InputError with all faults if one of these files is faulty.
std::vector<ProposedSeed> read_seeds(const run::RunFolder& run, const problem::Problem& problem,
                                     const std::vector<run::Evaluation>& evaluations);

/// Root mean square of how far two designs are apart in the ranges of the variables of `a`, 0 to 1.
double range_distance(const problem::Problem& problem, const std::map<std::string, double>& a,
                      const std::map<std::string, double>& b);

}  // namespace exturbo::report
