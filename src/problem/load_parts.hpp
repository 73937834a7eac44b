// The parts of a problem JSON, each read by one function; faults go to the place's list.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "exturbo/problem/problem.hpp"
#include "json_reader.hpp"

namespace exturbo::problem {

/// A fault unless `name` can be used as a name in SPICE: letters, digits, `_`, a letter first.
void check_name(const std::string& name, const JsonPlace& place, const std::string& what);

/// The evaluator, and that nothing of a netlist stands beside it; comes before the metrics.
void read_evaluator(const JsonPlace& root, Problem& problem);
/// A metric that the evaluator's command returns, given as an object.
MetricDefinition read_returned_metric(const std::string& id, const JsonPlace& place);
/// Metrics that the evaluator's command returns, given by their ids alone.
void read_metric_list(const JsonPlace& metrics, Problem& problem);
void read_variables(const JsonPlace& root, Problem& problem);
void read_testbenches(const JsonPlace& root, Problem& problem);
void read_metrics(const JsonPlace& root, Problem& problem);
void read_specs(const JsonPlace& root, Problem& problem);
void read_objective(const JsonPlace& root, Problem& problem);
/// Parameters come before all that uses them, corners after them.
void read_parameters(const JsonPlace& root, Problem& problem);
void read_corners(const JsonPlace& root, Problem& problem);
/// Faults where a corner names a process corner that the process lacks.
void check_process_corners(const JsonPlace& root, const Process& process);

/// Mismatch and global variation of a process; after its cards and corners.
void read_statistics(const JsonPlace& root, Process& process);

}  // namespace exturbo::problem
