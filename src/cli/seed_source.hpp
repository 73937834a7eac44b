// Where a run's seeds come from: a file, or the built-in designer.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

#include "exturbo/problem/seeds.hpp"
#include "exturbo/sizing/size.hpp"

namespace exturbo::cli {

/// Seeds by the value of --seeds: "designer", else a file. \throws core::InputError.
std::vector<problem::Seed> seeds_from(const std::string& source, const problem::Problem& problem,
                                      const sizing::Machine& machine, bool quiet);

}  // namespace exturbo::cli
