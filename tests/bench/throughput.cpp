// Processor time of an evaluation in a pool against one `ngspice -b` process per testbench, on designs of a run.
// SPDX-License-Identifier: BSD-3-Clause
//
// throughput.sh runs it. throughput RUN [--testbench NAME]... [--designs N=20] [--repeats N=1] [--rounds N=3] [--quick]
// [--out FILE]
// The designs are the last ones of the run that have all metrics, each from the start design that the run chose. The
// baseline: original cards, every sweep whole as the problem gives it, one thread. A round simulates all designs in all
// ways; the least time of the rounds counts, as other work on the machine only adds. Time of the pool is all that its
// workers and this process used from start to end, protocol and measuring included; it goes --repeats times over the
// designs, so that the start of a worker counts as little as in a run. Rounds that are in FILE are not made again.
// --quick: 4 designs, one round. Early stop is off everywhere.
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "exturbo/problem/load.hpp"
#include "exturbo/run/run_folder.hpp"
#include "exturbo/spice/pool.hpp"
#include "support/agreement.hpp"
#include "support/batch_ngspice.hpp"

namespace {

namespace fs = std::filesystem;
using namespace exturbo;
using Json = nlohmann::ordered_json;

struct Arguments {
  fs::path run, out;
  std::set<std::string> testbenches;
  std::size_t designs = 20;
  int rounds = 3;
  int repeats = 1;
};

[[noreturn]] void usage(const std::string& why) {
  std::fprintf(stderr, "%s; see the head of tests/bench/throughput.cpp\n", why.c_str());
  std::exit(2);
}

Arguments read_arguments(int count, char** words) {
  Arguments arguments;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    const auto next = [&]() -> std::string {
      return i + 1 < count ? words[++i] : (usage(word + " needs a value"), "");
    };
    if (word == "--testbench") {
      arguments.testbenches.insert(next());
    } else if (word == "--designs") {
      arguments.designs = static_cast<std::size_t>(std::max(1, std::atoi(next().c_str())));
    } else if (word == "--rounds") {
      arguments.rounds = std::max(1, std::atoi(next().c_str()));
    } else if (word == "--repeats") {
      arguments.repeats = std::max(1, std::atoi(next().c_str()));
    } else if (word == "--quick") {
      arguments.designs = 4;
      arguments.rounds = 1;
    } else if (word == "--out") {
      arguments.out = next();
    } else if (word.starts_with("-") || !arguments.run.empty()) {
      usage("unknown option " + word);
    } else {
      arguments.run = word;
    }
  }
  if (arguments.run.empty()) usage("no run folder");
  return arguments;
}

/// The problem with some of its testbenches only, and the metrics and specs that these measure.
problem::Problem restricted(problem::Problem problem, const std::set<std::string>& testbenches) {
  if (testbenches.empty()) return problem;
  std::erase_if(problem.testbenches, [&](const auto& testbench) { return !testbenches.contains(testbench.name); });
  std::erase_if(problem.metrics, [&](const problem::MetricDefinition& metric) {
    return metric.kind == problem::MetricKind::kExpression || !testbenches.contains(metric.testbench);
  });
  std::erase_if(problem.specs, [&](const auto& spec) { return problem.metric(spec.metric) == nullptr; });
  return problem;
}

struct Design {
  test::Values variables;
  spice::Request request;
  bool feasible;
};

std::vector<Design> designs_of(const run::RunFolder& run, std::size_t most) {
  std::map<int, const run::Evaluation*> known;
  for (const run::Evaluation& evaluation : run.evaluations()) known[evaluation.index] = &evaluation;
  std::vector<Design> designs;
  for (auto entry = known.rbegin(); entry != known.rend() && designs.size() < most; ++entry) {
    const run::Evaluation& evaluation = *entry->second;
    if (evaluation.failed() || !evaluation.unmeasured.empty() || evaluation.start == 0) continue;
    const run::Evaluation& start = *known.at(evaluation.start);
    spice::Request request{0, evaluation.variables, {0}, {}};
    request.nodesets = {start.corners.front().nodes};
    request.start_variables = start.variables;
    designs.push_back({evaluation.variables, request, evaluation.feasible});
  }
  std::reverse(designs.begin(), designs.end());
  for (std::size_t i = 0; i < designs.size(); ++i) designs[i].request.id = i;
  return designs;
}

double processor_seconds(int who) {
  rusage usage{};
  getrusage(who, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Seconds of processor time by design, and what came out by metric.
struct Way {
  double seconds = 0;
  double analyses = 0;  ///< Of it inside of ngspice's analyses, where that is known.
  std::vector<std::map<std::string, test::Answer>> answers;
};

/// `points_per_decade`: of the AC sweeps at least; those of a problem do not resolve a phase margin to the tolerance.
Way run_ngspice(const problem::Problem& problem, const std::vector<Design>& designs, double points_per_decade) {
  Way way;
  test::BatchOptions options;
  options.points_per_decade = points_per_decade;
  test::BatchNgspice batch(problem, options);
  for (const Design& design : designs) {
    const test::BatchRun run = batch.run(0, design.variables);
    way.seconds += run.cpu_seconds / static_cast<double>(designs.size());
    auto& answers = way.answers.emplace_back();
    for (const auto& metric : problem.metrics) answers[metric.id] = test::answer_of(run, metric.id);
  }
  return way;
}

struct PoolWay {
  bool adaptive;  ///< Sweeps.
  bool derived;   ///< Cards.
  bool confirm;   ///< Designs that the run found feasible are simulated on the original cards too.
};

Way run_pool(const problem::Problem& problem, const std::vector<Design>& designs, int repeats, const PoolWay& how) {
  Way way;
  const double evaluations = static_cast<double>(designs.size()) * repeats;
  way.answers.resize(designs.size());
  const double before = processor_seconds(RUSAGE_SELF) + processor_seconds(RUSAGE_CHILDREN);
  {
    spice::PoolOptions options;
    options.adaptive_sweeps = how.adaptive;
    spice::Pool pool(problem, options);
    const auto simulate = [&](const Design& design, bool derived_cards) {
      spice::Request request = design.request;
      request.devices = false;  // as in a run
      request.derived_cards = derived_cards;
      const spice::CornerOutcome outcome = test::simulate(pool, request);
      way.analyses += outcome.analysis_seconds / evaluations;
      for (const auto& metric : problem.metrics)
        way.answers[design.request.id][metric.id] = test::answer_of(outcome, metric.id);
    };
    for (int repeat = 0; repeat < repeats; ++repeat) {
      for (const Design& design : designs) {
        simulate(design, how.derived);
        if (how.confirm && design.feasible) simulate(design, false);
      }
    }
  }
  way.seconds = (processor_seconds(RUSAGE_SELF) + processor_seconds(RUSAGE_CHILDREN) - before) / evaluations;
  return way;
}

/// Metrics that are not within the tolerances of cold processes with fine sweeps.
int outside(const problem::Problem& problem, const Way& way, const Way& exact) {
  int count = 0;
  for (std::size_t i = 0; i < way.answers.size(); ++i) {
    for (const auto& [id, answer] : way.answers[i]) {
      const problem::MetricDefinition& metric = *problem.metric(id);
      if (metric.kind != problem::MetricKind::kMeasure) continue;
      const test::Answer& theirs = exact.answers[i].at(id);
      const test::Verdict verdict = test::verdict(metric.measure, answer, theirs);
      if (test::agrees(verdict)) continue;
      ++count;
      std::printf("    design %zu %s: %.8g, ngspice %.8g (%s)\n", i, id.c_str(), answer.value, theirs.value,
                  test::to_string(verdict));
    }
  }
  return count;
}

}  // namespace

int main(int count, char** words) {
  const Arguments arguments = read_arguments(count, words);
  const run::RunFolder run = run::RunFolder::read(arguments.run);
  problem::LoadOptions options;
  options.process_folder = run.process_folder();
  const problem::LoadResult loaded = problem::load_problem(run.problem_file(), options);
  for (const core::Fault& fault : loaded.faults) std::fprintf(stderr, "%s\n", core::to_string(fault).c_str());
  if (!loaded.faults.empty()) return 2;
  const problem::Problem problem = restricted(loaded.problem, arguments.testbenches);
  const std::vector<Design> designs = designs_of(run, arguments.designs);
  if (designs.empty()) usage("the run has no design with all metrics that started from another");

  const std::vector<std::pair<std::string, std::function<Way()>>> ways{
      {"ngspice -b", [&] { return run_ngspice(problem, designs, 0); }},
      {"same card and sweeps",
       [&] {
         return run_pool(problem, designs, arguments.repeats, {false, false, false});
       }},
      {"adaptive sweeps",
       [&] {
         return run_pool(problem, designs, arguments.repeats, {true, false, false});
       }},
      {"all on",
       [&] {
         return run_pool(problem, designs, arguments.repeats, {true, true, false});
       }},
      {"all on, feasible ones confirmed", [&] {
         return run_pool(problem, designs, arguments.repeats, {true, true, true});
       }}};

  Json known = Json::object();
  if (std::ifstream stream(arguments.out); stream) known = Json::parse(stream, nullptr, false);
  if (!known.is_object() || known.value("designs", std::size_t{0}) != designs.size())
    known = {{"problem", problem.name}, {"designs", designs.size()}, {"rounds", Json::array()}};
  while (known["rounds"].size() < static_cast<std::size_t>(arguments.rounds)) {
    Json round = Json::object();
    const Way exact = run_ngspice(problem, designs, 100);
    for (const auto& [name, simulate] : ways) {
      std::fprintf(stderr, "%s: round %zu, %s\n", problem.name.c_str(), known["rounds"].size() + 1, name.c_str());
      const Way way = simulate();
      round[name] = {{"seconds", way.seconds}, {"analyses", way.analyses}, {"outside", outside(problem, way, exact)}};
    }
    known["rounds"].push_back(round);
    if (!arguments.out.empty()) std::ofstream(arguments.out) << known.dump(2) << "\n";
  }

  std::printf("%s, %zu designs, %zu rounds: least processor time of an evaluation\n", problem.name.c_str(),
              designs.size(), known["rounds"].size());
  std::printf("  %-34s %10s %10s %8s %14s %8s\n", "", "ms", "analyses", "ratio", "per s and core", "outside");
  double baseline = 0;
  for (const auto& [name, simulate] : ways) {
    const Json* best = nullptr;
    for (const Json& round : known["rounds"]) {
      if (best == nullptr || round[name]["seconds"] < (*best)["seconds"]) best = &round[name];
    }
    const double seconds = (*best)["seconds"];
    if (baseline == 0) baseline = seconds;
    std::printf("  %-34s %10.2f %10.2f %8.2f %14.2f %8d\n", name.c_str(), 1e3 * seconds,
                1e3 * (*best)["analyses"].get<double>(), baseline / seconds, 1 / seconds,
                (*best)["outside"].get<int>());
  }
  return 0;
}
