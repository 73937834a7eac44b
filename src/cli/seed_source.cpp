// Sources of seeds: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "seed_source.hpp"

#include <cstdio>
#include <iostream>

#include "exturbo/agents/designer.hpp"
#include "exturbo/core/fault.hpp"

namespace exturbo::cli {
namespace {

/// Says on stderr what it tries, unless `quiet`. \throws core::InputError if the problem is none that it can design.
agents::DesignerResult ask_designer(const problem::Problem& problem, const sizing::Machine& machine, bool quiet) {
  if (!quiet) std::cerr << "designer: gm/ID tables of " << problem.process.name << ", then four styles\n";
  agents::DesignerResult result =
      agents::design_seeds(problem, machine, [&](const std::string& style, int evaluation, double cost) {
        if (quiet) return;
        char line[120];
        std::snprintf(line, sizeof line, "designer: evaluation %d, %s: J = %.4g\n", evaluation, style.c_str(), cost);
        std::cerr << line;
      });
  if (!result.status.empty()) {
    throw core::InputError(
        {{"AGT-021", problem.file.string(), "/netlist", "the designer cannot size this circuit: " + result.status,
          "it knows amplifiers with the ports inp inn out vdd vss and an open-loop testbench; start "
          "cold, or from a seeds file"}});
  }
  return result;
}

}  // namespace

std::vector<problem::Seed> seeds_from(const std::string& source, const problem::Problem& problem,
                                      const sizing::Machine& machine, bool quiet) {
  if (source == "designer") return ask_designer(problem, machine, quiet).seeds;
  problem::SeedsResult loaded = problem::load_seeds(source, problem);
  if (!loaded.faults.empty()) throw core::InputError(std::move(loaded.faults));
  return std::move(loaded.seeds);
}

}  // namespace exturbo::cli
