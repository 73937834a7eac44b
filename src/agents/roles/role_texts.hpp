// What the roles are told: the problem, the circuit, and what the simulator says of designs.
// SPDX-License-Identifier: BSD-3-Clause
//
// Simulated numbers are rounded to three digits, voltages of devices to 1 mV: noise in the last bits of a machine does
// not change a prompt, and so not what a record holds for it.
#pragma once

#include <string>

#include "exturbo/run/run_folder.hpp"
#include "known_names.hpp"

namespace exturbo::agents {

/// Process, parameters, variables, specs and objective.
std::string problem_text(const problem::Problem& problem, const KnownNames& names);

/// Netlist of the cell and description, fenced.
std::string circuit_text(const problem::Problem& problem, const std::string& circuit_json);

/// Values of a design: "ib=2u k5=3".
std::string values_text(const std::map<std::string, double>& values);

/// Specs met and missed, cost, and sizes and operating points of the first corner, of a sizing::simulate() result.
std::string outcome_text(const problem::Problem& problem, const run::Json& outcome);

/// The metrics of the specs that are not met; "" if all are.
std::string missed_specs(const run::Json& outcome);

}  // namespace exturbo::agents
