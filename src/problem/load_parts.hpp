// The parts of a problem JSON, each read by one function; faults go to the place's list.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "exturbo/problem/problem.hpp"
#include "json_reader.hpp"

namespace exturbo::problem {

/// A fault unless `name` can be used as a name in SPICE: letters, digits, `_`, a letter first.
void check_name(const std::string& name, const JsonPlace& place, const std::string& what);

void read_variables(const JsonPlace& root, Problem& problem);
void read_testbenches(const JsonPlace& root, Problem& problem);
void read_metrics(const JsonPlace& root, Problem& problem);
void read_specs(const JsonPlace& root, Problem& problem);
void read_objective(const JsonPlace& root, Problem& problem);

}  // namespace exturbo::problem
