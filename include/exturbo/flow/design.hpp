// The whole design workflow: netlist and specs in, a run folder with a sized netlist and a report out.
// SPDX-License-Identifier: BSD-3-Clause
//
// describe -> draft the problem -> seeds of the designer and, where there is an endpoint, of the model's roles -> rank
// the seeds by simulation -> size. Each phase leaves its result in the folder and is not repeated where it is there: a
// design that was stopped or killed goes on with the same request. Deterministic as sizing::size(); a model's answers
// are replayed from agents.jsonl.
//
// | in the folder | what |
// |---|---|
// | design.json | the request: hashes of the files it read, process, kind, budget, batch, rng seed, earlier runs |
// | description.json | the circuit with its blocks |
// | problem/ | the drafted problem, with the cell and its testbenches |
// | agents.jsonl | exchanges with the model, if one was asked |
// | seeds.json | all seeds, ranked |
// | run/ | the sizing run, see sizing::size() |
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "exturbo/sizing/size.hpp"

namespace exturbo::flow {

struct DesignRequest {
  std::filesystem::path netlist;
  std::filesystem::path specs;      ///< JSON with `specs` and, if not the kind's, `objective` of a problem.
  std::filesystem::path schematic;  ///< PNG, JPEG or SVG for the model; empty: none.
  std::filesystem::path replay;  ///< A recorded agents.jsonl to answer from; empty: the environment's endpoint, if any.
  std::string pdk;
  std::string kind;  ///< Empty: by the circuit's type.
  std::string pins;  ///< "inp=..,inn=..", see agents::read_pins(); empty: by name and topology.
  std::string cell;  ///< Empty: the one that no other instantiates.
  std::filesystem::path folder;
  int budget = 0;  ///< 0: the kind's.
  int batch = 0;
  std::uint64_t rng_seed = 1;
  gp::Device device = gp::Device::kAuto;       ///< As sizing::SizeOptions.
  int model_points = 0;                        ///< As sizing::SizeOptions.
  std::vector<std::filesystem::path> history;  ///< Earlier runs to learn from, as sizing::read_history().
  std::vector<std::filesystem::path> pdk_path;
};

struct DesignControl {
  std::function<void(const std::string& phase, const std::string& text)> on_event;
  sizing::Control sizing;
};

/// \throws core::InputError with all faults, as when the folder holds another request's design;
///         core::EnvironmentError.
sizing::SizeSummary design(const DesignRequest& request, const sizing::Machine& machine = {},
                           const DesignControl& control = {});

}  // namespace exturbo::flow
