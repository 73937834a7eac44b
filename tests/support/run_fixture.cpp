// A run folder made by code: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "run_fixture.hpp"

#include <stdlib.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <stdexcept>

#include "exturbo/problem/load.hpp"

namespace exturbo::report::test {
namespace {

namespace fs = std::filesystem;
using run::Json;

constexpr const char* kCell = R"(* Two transistors and a load.
.subckt amp inp inn out vdd vss
M1 out inp n1 vss nmos W={w1} L={l1}
M2 n2  inn n1 vss nmos W={w1}
+ L={l1}
M3 out n2 vdd vdd pmos W={w2} L={2*l1}
Ib n1 vss {ib}
.ends
)";

constexpr const char* kProblem = R"({
  "name": "amp", "netlist": "amp.cir", "cell": "amp", "pdk": "../pdk/tiny",
  "parameters": {"vdd": 1.8},
  "variables": {
    "w1": {"min": "1u", "max": "100u", "scale": "log", "grid": "10n"},
    "l1": {"min": "0.18u", "max": "2u", "grid": "10n"},
    "w2": {"tie": "w1", "ratio": 2},
    "ib": {"min": "1u", "max": "50u", "scale": "log", "grid": "0.1u"},
    "fingers": {"min": 1, "max": 8, "integer": true}
  },
  "testbenches": {"open_loop": {"netlist": "open_loop.cir", "analyses": {"differential": {"command": "ac dec 10 1 1g", "ac": {"vp": 1}}}}},
  "metrics": {
    "dc_gain": {"testbench": "open_loop"}, "unity_gain_frequency": {"testbench": "open_loop"},
    "phase_margin": {"testbench": "open_loop"}, "power": {"testbench": "open_loop"}, "slew_rate": {"testbench": "open_loop"},
    "input_noise": {"testbench": "open_loop", "frequency": "2k"},
    "settling": {"testbench": "open_loop", "meas": "settle", "unit": "s"},
    "efficiency": {"expression": "unity_gain_frequency / power", "unit": "Hz/W"}
  },
  "specs": {"dc_gain": {"min": 70}, "unity_gain_frequency": {"min": "10meg"}, "phase_margin": {"min": 60, "max": 90},
            "slew_rate": {"min": "5meg"}, "power": {"max": "400u"}, "margin.M1": {"min": "50m"}},
  "objective": {"minimize": "power"},
  "corners": [CORNERS], "budget": 60, "batch": 4
})";

void put(const fs::path& file, const std::string& content) {
  fs::create_directories(file.parent_path());
  std::ofstream(file) << content;
}

std::string corner_list(int count) {
  const std::string list[] = {R"({"process": "tt"})", R"({"process": "ss", "temperature": 85})",
                              R"({"process": "ff", "temperature": -40})"};
  std::string text = list[0];
  for (int i = 1; i < count; ++i) text += ", " + list[i];
  return text;
}

problem::Problem make_problem(const fs::path& folder, int corners) {
  put(folder / "pdk/tiny/process.json",
      R"({"name": "tiny", "description": "A process for tests.", "models": "models.cir", "nmos": "nmos", "pmos": "pmos",
    "supply": 1.8, "min_length": "0.18u", "corners": {"tt": {}, "ss": {}, "ff": {}}})");
  put(folder / "pdk/tiny/models.cir", ".model nmos nmos (level=1 vto=0.5)\n.model pmos pmos (level=1 vto=-0.5)\n");
  std::string text = kProblem;
  text.replace(text.find("CORNERS"), 7, corner_list(corners));
  put(folder / "amp/amp.json", text);
  put(folder / "amp/amp.cir", kCell);
  put(folder / "amp/open_loop.cir", "Xdut inp inn out vdd 0 amp\n");
  problem::LoadResult loaded = problem::load_problem(folder / "amp/amp.json");
  if (!loaded.faults.empty()) throw core::InputError(loaded.faults);
  return loaded.problem;
}

/// Infeasible designs lack phase margin; feasible ones get cheaper as the run goes on.
run::Evaluation make_evaluation(const FixtureOptions& options, const problem::Problem& problem, int index) {
  run::Evaluation evaluation;
  evaluation.index = index;
  evaluation.origin = index <= 8 ? "initial" : "model";
  const double progress = static_cast<double>(index) / options.evaluations;
  evaluation.variables = {
      {"w1", 2e-5 + 1e-8 * index}, {"l1", 1.8e-7}, {"w2", 2 * (2e-5 + 1e-8 * index)}, {"ib", 2e-5}, {"fingers", 8}};
  evaluation.seconds = 0.05;
  if (options.fail_every > 0 && index % options.fail_every == 0) {
    evaluation.status = "no_convergence";
    evaluation.reason = options.failure_reason;
    evaluation.cost = 1 + static_cast<double>(problem.specs.size());
    return evaluation;
  }
  evaluation.status = "ok";
  evaluation.feasible =
      options.first_feasible > 0 && index >= options.first_feasible && (index - options.first_feasible) % 3 == 0;
  const double ripple = std::sin(7.0 * index);
  const double power = 4e-4 * (1 - 0.5 * progress) - (evaluation.feasible ? 1e-5 * (1 + ripple) : 0);
  const double phase = evaluation.feasible ? 60.01 + 4 * (1 + ripple) : 59 - 50 * (1 - progress) * (1.1 + ripple) / 2.1;
  evaluation.metrics = {{"dc_gain", 74.25 + ripple}, {"unity_gain_frequency", 1.2e7},
                        {"phase_margin", phase},     {"power", power},
                        {"slew_rate", 6.1e6},        {"input_noise", 2.2e-8},
                        {"settling", 3.1e-7},        {"efficiency", 1.2e7 / power},
                        {"margin.M1", 0.081}};
  if (!options.unmeasured_reason.empty()) {
    evaluation.metrics.erase("slew_rate");
    evaluation.unmeasured["slew_rate"] = options.unmeasured_reason;
  }
  for (const problem::Corner& corner : problem.corners)
    evaluation.corners.push_back({corner.name, evaluation.metrics, evaluation.unmeasured, {}});
  evaluation.cost = evaluation.feasible ? power / 4e-4 : 1 + std::max(0.0, (60 - phase) / 60);
  return evaluation;
}

Json operating_points(const FixtureOptions& options) {
  const auto device = [](const char* region, double vds, double vdsat) {
    return Json{{"region", region}, {"id", 1e-5},  {"gm", 1.6e-4},   {"gds", 2e-6},          {"vgs", 0.62},
                {"vds", vds},       {"vth", 0.45}, {"vdsat", vdsat}, {"margin", vds - vdsat}};
  };
  return Json{{"M10", device("saturation", 0.3, 0.15)},
              {"M1", device("saturation", 0.231, 0.15)},
              {"M2", device("weak", 0.231, 0.09)},
              {options.device_name, device("triode", 0.1, 0.16)}};
}

Json make_result(const FixtureOptions& options, const problem::Problem& problem,
                 const std::vector<run::Evaluation>& evaluations) {
  const run::Evaluation* best = nullptr;
  int failed = 0;
  Json first = nullptr;
  for (const run::Evaluation& evaluation : evaluations) {
    failed += evaluation.failed() ? 1 : 0;
    if (evaluation.feasible && first.is_null()) first = evaluation.index;
    if (!evaluation.failed() && (best == nullptr || evaluation.cost < best->cost)) best = &evaluation;
  }
  Json result{{"status", first.is_null() || !options.unmeasured_reason.empty() ? "infeasible" : "feasible"},
              {"evaluations", evaluations.size()},
              {"failed_evaluations", failed},
              {"first_feasible", first},
              {"seconds", {{"simulate", 1.9}, {"model", 0.7}, {"total", 2.7}}},
              {"rng_seed", 7}};
  if (best == nullptr) {
    result["best"] = nullptr;
    return result;
  }
  result["cost"] = best->cost;
  Json corners = Json::object();
  for (const problem::Corner& corner : problem.corners)
    corners[corner.name] = {{"metrics", best->metrics}, {"operating_points", operating_points(options)}};
  result["best"] = {{"index", best->index},
                    {"variables", best->variables},
                    {"metrics", best->metrics},
                    {"unmeasured", best->unmeasured},
                    {"corners", corners}};
  return result;
}

}  // namespace

bool contains(const std::string& page, const std::string& part) {
  std::string text = page;
  for (std::size_t at = text.find("\u00a0"); at != std::string::npos; at = text.find("\u00a0", at))
    text.replace(at, 2, " ");
  return text.find(part) != std::string::npos;
}

RunFixture::RunFixture(const FixtureOptions& options) {
  run_ = folder_.path() / "run";
  const problem::Problem problem = make_problem(folder_.path(), options.corners);
  run::RunFolder run = run::RunFolder::create(run_, problem,
                                              {{"exturbo", "0.1.0"},
                                               {"ngspice", "39"},
                                               {"rng_seed", 7},
                                               {"budget", 60},
                                               {"batch", 4},
                                               {"stop_at_feasible", false},
                                               {"corners", "all"},
                                               {"search_cards", "original"},
                                               {"seeds", 0},
                                               {"seed_points", run::Json::array()},
                                               {"command", options.command}});
  std::vector<run::Evaluation> evaluations;
  for (int index = 1; index <= options.evaluations; ++index) {
    evaluations.push_back(make_evaluation(options, problem, index));
    run.append(evaluations.back());
  }
  if (options.finished) run.write("result.json", make_result(options, problem, evaluations).dump(2));
}

run::RunFolder RunFixture::read() const { return run::RunFolder::read(run_); }

}  // namespace exturbo::report::test
