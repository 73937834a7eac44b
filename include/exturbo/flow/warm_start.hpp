// Seeds of all agents: the built-in designer and, where one is asked, a vision-language model; ranked by simulation.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <string>

#include "exturbo/agents/seed_ranking.hpp"
#include "exturbo/problem/problem.hpp"
#include "exturbo/sizing/size.hpp"

namespace exturbo::flow {

struct WarmStartOptions {
  std::filesystem::path replay;     ///< A record of a model's answers to answer from; empty: none.
  std::filesystem::path record;     ///< Ask the endpoint of the environment and record it here; empty: ask none.
  std::filesystem::path schematic;  ///< PNG, JPEG or SVG for the model; empty: none.
};

struct WarmStartControl {
  std::function<void(const std::string& text)> tell;  ///< A line about what came of each agent.
  const std::atomic<bool>* stop = nullptr;
};

/// What a model or the designer fails at is told, never thrown. Stopped early, the seeds so far are ranked.
/// `description`: JSON of the problem's cell, as describe_cell() gives it.
/// \throws core::InputError for a faulty environment, schematic or record; core::EnvironmentError.
agents::RankedSeeds warm_start(const problem::Problem& problem, const std::string& description,
                               const WarmStartOptions& options = {}, const sizing::Machine& machine = {},
                               const WarmStartControl& control = {});

/// The problem's cell with its blocks, as `exturbo describe` prints it. \throws core::InputError.
std::string describe_cell(const problem::Problem& problem);

}  // namespace exturbo::flow
