// Seeds from a vision-language model: four roles read a circuit, choose its operating point, size it and review it.
// SPDX-License-Identifier: BSD-3-Clause
//
// The roles are those of VLM-CAD (arXiv 2601.07315): circuit analyst, operating-point designer, sizing engineer,
// reviewer. Each gets a prompt (agents/prompts/<role>.md) and must answer in JSON (agents/<role>_answer.schema.json).
// An answer with faults is sent back with them at most `corrections` times; then what is usable of the best one is
// kept. The designs of the sizing engineer and the reviewer are simulated, and operating points and failed specs go
// back to both for `rounds` rounds, or until the reviewer accepts.
//
// Answers are data: names are looked up, numbers held against ranges, texts cut to one line; nothing in them is a path
// or a command. At most (2 + 2 (1 + rounds)) (1 + corrections) requests. With the same answers and the same simulations
// the result is the same.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "exturbo/problem/problem.hpp"
#include "exturbo/problem/seeds.hpp"
#include "exturbo/run/run_folder.hpp"
#include "exturbo/vlm/transport.hpp"

namespace exturbo::agents {

struct VlmRolesOptions {
  int rounds = 2;                           ///< After the first proposal; 0 to 10.
  int corrections = 2;                      ///< Of one answer; 0 to 10.
  std::filesystem::path schematic{};        ///< PNG, JPEG or SVG, shown to the circuit analyst; may be empty.
  int max_tokens = 4096;                    ///< Of one answer.
  const std::atomic<bool>* stop = nullptr;  ///< Set it to stop before the next request or simulation.
};

/// Outcome of one design in the form of sizing::simulate().
using Simulate = std::function<run::Json(const problem::Problem&, const std::map<std::string, double>&)>;

struct VlmRolesResult {
  std::vector<problem::Seed> seeds;  ///< Agent "vlm"; distinct, on the grid, inside the bounds, in order of proposal.
  std::string status;                ///< "": went to its end; else why it stopped early. The seeds so far are good.
  vlm::Usage usage;
  int simulations = 0;
  std::vector<std::string> notes;  ///< One line each: what came of a design, what was left out of an answer and why.
  std::string analysis;            ///< JSON object of the roles' answers as far as they were usable, by role.
};

/// `circuit_json`: the circuit's description as text ("": the netlist must do). An empty `simulate` is
/// sizing::simulate(). A request or a simulation that fails is told in status or notes. \throws core::InputError for a
/// bad schematic file; std::invalid_argument for options out of range; core::EnvironmentError where a transport that
/// records cannot write.
VlmRolesResult ask_roles(const problem::Problem& problem, const std::string& circuit_json, vlm::Transport& transport,
                         const VlmRolesOptions& options, const Simulate& simulate = {});

}  // namespace exturbo::agents
