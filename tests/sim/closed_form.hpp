// Problems made of ideal elements, whose metrics have closed forms.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "exturbo/problem/problem.hpp"
#include "exturbo/spice/netlist_check.hpp"
#include "exturbo/spice/pool.hpp"

namespace exturbo::spice::closed_form {

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// A problem with the cell "amp" of the given body and no variables but those added.
inline problem::Problem problem_of(const std::string& cell_body) {
  problem::Problem problem;
  problem.name = "closed_form";
  problem.file = "closed_form.json";
  problem.netlist = "amp.cir";
  problem.netlist_lines = lines_of(".subckt amp inp inn out vdd vss\n" + cell_body + "\n.ends\n");
  problem.cell = "amp";
  problem.process.name = "none";
  problem.process.supply = 1.8;
  problem.process.corners["tt"];
  problem.parameters = {{"vdd", 1.8}, {"vcm", 0.9}};
  problem.corners = {problem::Corner{}};
  return problem;
}

inline void add_testbench(problem::Problem& problem, const std::string& name, const std::string& netlist,
                          const std::vector<problem::Analysis>& analyses) {
  problem.testbenches.push_back({name, name + ".cir", lines_of(netlist), analyses, {}});
}

inline void add_metric(problem::Problem& problem, const std::string& measure, const std::string& testbench,
                       const std::map<std::string, std::string>& options = {}) {
  problem::MetricDefinition metric;
  metric.id = measure;
  metric.measure = measure;
  metric.testbench = testbench;
  metric.options = options;
  problem.metrics.push_back(metric);
}

/// The loop closed at DC and open from 1 Hz on, as in the benches of the circuits.
inline const char* const kOpenLoop =
    "Vdd vdd 0 DC {vdd}\nVp inp 0 DC {vcm}\nLf out inn 1e9\nCf inn ca 1\nVc ca 0 DC 0\nXdut inp inn out vdd 0 amp\n";

inline std::vector<problem::Analysis> open_loop_analyses() {
  return {{"differential", "ac dec 10 1 10g", {{"vp", 1}}},
          {"common_mode", "ac lin 1 1 1", {{"vp", 1}, {"vc", 1}}},
          {"supply", "ac lin 1 1 1", {{"vdd", 1}}}};
}

/// Simulates through a pool of one worker; the problem must pass its check.
inline CornerOutcome simulate(const problem::Problem& problem, const std::map<std::string, double>& variables = {}) {
  const auto faults = check_problem(problem);
  for (const auto& fault : faults) ADD_FAILURE() << core::to_string(fault);
  Pool pool(problem, {});
  pool.submit({1, variables, {}, {}});
  const auto finished = pool.wait_any(std::chrono::seconds(60));
  if (!finished || finished->outcome.corners.size() != 1) {
    ADD_FAILURE() << "no outcome";
    return {};
  }
  const CornerOutcome& outcome = finished->outcome.corners[0];
  EXPECT_EQ(outcome.status, Status::kOk) << outcome.reason;
  for (const auto& [id, reason] : outcome.unmeasured) ADD_FAILURE() << id << ": " << reason;
  return outcome;
}

}  // namespace exturbo::spice::closed_form
