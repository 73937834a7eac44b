// The problem of a design: drafted from the netlist, with the specs that were asked for.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "exturbo/circuit/description.hpp"
#include "exturbo/flow/design.hpp"

namespace exturbo::flow {

/// The cell of the request's netlist. \throws core::InputError with all faults.
circuit::CircuitDescription read_cell(const DesignRequest& request, const problem::Process& process);

/// Drafts the problem (agents::draft_problem), puts in the specs and objective of the request and writes it with its
/// netlists: whole or not at all. `type`: of the circuit, which names the kind where the request does not. Returns
/// notes for the user. \throws core::InputError with all faults; core::EnvironmentError.
std::vector<std::string> write_problem(const DesignRequest& request, const problem::Process& process,
                                       const std::string& type, const std::filesystem::path& file);

}  // namespace exturbo::flow
