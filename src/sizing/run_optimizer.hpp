// The optimiser of a run, from its manifest and what it learns: the same at its start and at every resume.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <vector>

#include "exturbo/bo/optimizer.hpp"
#include "exturbo/problem/problem.hpp"
#include "exturbo/problem/seeds.hpp"
#include "exturbo/run/prior_evaluation.hpp"
#include "exturbo/run/run_folder.hpp"

namespace exturbo::sizing {

/// \param manifest rng_seed, batch, device, model_points, trust_region and, if it has them, seed_points.
bo::Optimizer make_optimizer(const problem::Problem& problem, const run::Json& manifest,
                             const std::vector<run::PriorEvaluation>& history);

/// The best of what `optimizer` learned of `history` as seeds, best first; each names the run it comes from.
std::vector<problem::Seed> history_seeds(const problem::Problem& problem, const bo::Optimizer& optimizer,
                                         const std::vector<run::PriorEvaluation>& history);

}  // namespace exturbo::sizing
