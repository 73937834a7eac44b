// Where a run's seeds come from: a file, or the built-in designer.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

#include "exturbo/agents/designer.hpp"
#include "exturbo/problem/seeds.hpp"
#include "exturbo/sizing/size.hpp"

namespace exturbo::cli {

/// The designer's seeds; says on stderr what it tries, unless `quiet`.
/// \throws core::InputError if the problem is none that it can design.
agents::DesignerResult ask_designer(const problem::Problem& problem, const sizing::Machine& machine, bool quiet);

/// Seeds by the value of --seeds: "designer", else a file. \throws core::InputError.
std::vector<problem::Seed> seeds_from(const std::string& source, const problem::Problem& problem,
                                      const sizing::Machine& machine, bool quiet);

}  // namespace exturbo::cli
