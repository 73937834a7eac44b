// The nine sizing problems of the tree by name: "miller/ptm90".
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

#include "bench_arguments.hpp"
#include "exturbo/problem/problem.hpp"

namespace exturbo::bench {

/// Those that --problems names, one by one or by circuit; with --quick and no names, miller/ptm90.
/// \throws core::InputError.
std::vector<std::string> selected_circuits(const BenchArguments& arguments);

/// \throws core::InputError.
problem::Problem open_circuit(const std::string& name);

}  // namespace exturbo::bench
