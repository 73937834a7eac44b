// The design workflow: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/flow/design.hpp"

#include <cstdlib>
#include <optional>
#include <system_error>
#include <utility>

#include "drafted_problem.hpp"
#include "exturbo/circuit/netlist.hpp"
#include "exturbo/circuit/recognition.hpp"
#include "exturbo/core/fault.hpp"
#include "exturbo/flow/warm_start.hpp"
#include "exturbo/problem/load.hpp"
#include "request_file.hpp"
#include "run/disk.hpp"

namespace exturbo::flow {
namespace {

namespace fs = std::filesystem;

class Design {
 public:
  Design(const DesignRequest& request, const sizing::Machine& machine, const DesignControl& control)
      : request_(request), machine_(machine), control_(control) {}

  sizing::SizeSummary run() {
    const problem::Process process = problem::load_process(request_.pdk, {request_.pdk_path, {}, false});
    const bool is_new = open_request(request_);
    std::string description;
    std::optional<problem::Problem> problem;
    sizing::History history;
    try {
      description = describe(process);
      problem = draft(process);
      history = learn(*problem);
    } catch (const core::InputError&) {
      // The request is faulty and will be another one: it must not find this one's folder.
      if (is_new) forget();
      throw;
    }
    const std::vector<problem::Seed> seeds = find_seeds(*problem, description);
    return size(*problem, seeds, std::move(history));
  }

 private:
  void forget() const {
    std::error_code error;
    for (const char* name : {"description.json", "design.json"}) fs::remove(request_.folder / name, error);
    fs::remove_all(request_.folder / "problem", error);
    fs::remove(request_.folder, error);  // if that leaves it empty
  }

  bool has(const char* name) const {
    std::error_code error;
    return fs::exists(request_.folder / name, error);
  }

  void tell(const std::string& phase, const std::string& text) const {
    if (control_.on_event) control_.on_event(phase, text);
  }

  std::string describe(const problem::Process& process) {
    const circuit::CircuitDescription description = read_cell(request_, process);
    const circuit::Recognition recognition = circuit::recognise(description);
    std::string text = circuit::to_json(description, recognition);
    if (!has("description.json")) run::write_whole(request_.folder / "description.json", text);
    type_ = recognition.ckt_type;
    tell("describe", type_ + ", " + std::to_string(description.components.size()) + " components, " +
                         std::to_string(recognition.blocks.size()) + " blocks");
    return text;
  }

  problem::Problem draft(const problem::Process& process) {
    const fs::path file = request_.folder / "problem" / (process.name + ".json");
    if (!has("problem")) {
      const std::vector<std::string> notes = write_problem(request_, process, type_, file);
      for (const std::string& note : notes) tell("problem", note);
    }
    const problem::Problem problem = sizing::open_problem(file, request_.pdk_path);
    tell("problem", std::to_string(problem.free_variables().size()) + " free variables, " +
                        std::to_string(problem.specs.size()) + " specs");
    return problem;
  }

  /// Nothing for a run that goes on: it has its own copy.
  sizing::History learn(const problem::Problem& problem) const {
    if (has("run/run.json")) return {};
    sizing::History history = sizing::read_history(problem, request_.history);
    for (const sizing::HistorySource& source : history.sources) tell("learned", sizing::to_string(source));
    return history;
  }

  std::vector<problem::Seed> find_seeds(const problem::Problem& problem, const std::string& description) {
    const fs::path file = request_.folder / "seeds.json";
    if (!has("seeds.json") && !stopped()) {
      WarmStartOptions options{request_.replay, {}, request_.schematic};
      const char* url = std::getenv("EXTURBO_VLM_URL");
      if (request_.replay.empty() && url != nullptr && *url != '\0') options.record = request_.folder / "agents.jsonl";
      const agents::RankedSeeds ranked =
          warm_start(problem, description, options, machine_,
                     {[&](const std::string& text) { tell("seeds", text); }, control_.sizing.stop});
      if (!stopped()) run::write_whole(file, problem::to_json(ranked.seeds));
    }
    if (stopped()) return {};
    problem::SeedsResult loaded = problem::load_seeds(file, problem);
    if (!loaded.faults.empty()) throw core::InputError(std::move(loaded.faults));
    return std::move(loaded.seeds);
  }

  sizing::SizeSummary size(const problem::Problem& problem, const std::vector<problem::Seed>& seeds,
                           sizing::History history) {
    if (stopped()) return {sizing::Termination::kInterrupted, false, nullptr};
    const fs::path folder = request_.folder / "run";
    if (has("run/run.json")) {
      tell("size", "goes on");
      return sizing::resume(folder, {}, machine_, control_.sizing);
    }
    sizing::SizeOptions options;
    options.budget = request_.budget;
    options.batch = request_.batch;
    options.rng_seed = request_.rng_seed;
    options.device = request_.device;
    options.model_points = request_.model_points;
    options.seeds = seeds;
    options.history = std::move(history);
    return sizing::size(problem, options, folder, machine_, control_.sizing);
  }

  bool stopped() const { return control_.sizing.stop != nullptr && *control_.sizing.stop; }

  const DesignRequest& request_;
  const sizing::Machine& machine_;
  const DesignControl& control_;
  std::string type_;
};

}  // namespace

sizing::SizeSummary design(const DesignRequest& request, const sizing::Machine& machine, const DesignControl& control) {
  return Design(request, machine, control).run();
}

}  // namespace exturbo::flow
