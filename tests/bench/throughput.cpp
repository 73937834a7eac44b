// Processor time of an evaluation in a pool against one `ngspice -b` process per testbench, on designs of a run.
// SPDX-License-Identifier: BSD-3-Clause
//
// throughput.sh runs it. throughput RUN [--testbench NAME]... [--designs N=20] [--repeats N=1] [--rounds N=3] [--quick]
// [--out FILE]
// The designs are the last ones of the run that have all metrics, each from the start design that the run chose. The
// baseline: original cards, every sweep whole as the problem gives it, one thread. Design by design all ways take turns
// (a pool --repeats times), so that a machine that changes its speed does so for all of them; the ratio is that of a
// round's sums, and its median over the rounds counts. Time of a pool is all that its worker and this process use for
// an evaluation, protocol and measuring included; the start of the worker, once in a run, is told by itself. Rounds
// that are in FILE are not made again. --quick: 4 designs, one round. Early stop is off everywhere.
#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "exturbo/problem/load.hpp"
#include "exturbo/run/run_folder.hpp"
#include "exturbo/spice/pool.hpp"
#include "quartiles.hpp"
#include "support/agreement.hpp"
#include "support/batch_ngspice.hpp"

namespace {

namespace fs = std::filesystem;
using namespace exturbo;
using Json = nlohmann::ordered_json;

constexpr const char* kBaseline = "ngspice -b";

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

/// Of a process that waits for work.
double processor_seconds_of(pid_t process) {
  clockid_t clock{};
  timespec time{};
  if (clock_getcpuclockid(process, &clock) != 0 || clock_gettime(clock, &time) != 0) return 0;
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

/// Seconds of processor time of an evaluation, of it inside of ngspice's analyses (where known), and what came out.
struct Evaluated {
  double seconds = 0;
  double analyses = 0;
  std::map<std::string, test::Answer> answers;
};

class Way {
 public:
  virtual ~Way() = default;
  virtual Evaluated evaluate(const Design& design) = 0;
  virtual double start_seconds() const { return 0; }
};

/// `points_per_decade`: of the AC sweeps at least; those of a problem do not resolve a phase margin to the tolerance.
class Batch : public Way {
 public:
  Batch(const problem::Problem& problem, double points_per_decade)
      : problem_(problem), batch_(problem, options(points_per_decade)) {}
  Evaluated evaluate(const Design& design) override {
    const test::BatchRun run = batch_.run(0, design.variables);
    Evaluated result{run.cpu_seconds, 0, {}};
    for (const auto& metric : problem_.metrics) result.answers[metric.id] = test::answer_of(run, metric.id);
    return result;
  }

 private:
  static test::BatchOptions options(double points_per_decade) {
    test::BatchOptions options;
    options.points_per_decade = points_per_decade;
    return options;
  }
  const problem::Problem& problem_;
  test::BatchNgspice batch_;
};

struct PoolSettings {
  bool adaptive;  ///< Sweeps.
  bool derived;   ///< Cards.
  bool confirm;   ///< Designs that the run found feasible are simulated on the original cards too.
};

class PoolWay : public Way {
 public:
  PoolWay(const problem::Problem& problem, const PoolSettings& settings, int repeats)
      : problem_(problem), settings_(settings), repeats_(repeats) {
    spice::PoolOptions options;
    options.adaptive_sweeps = settings.adaptive;
    pool_ = std::make_unique<spice::Pool>(problem, options);
    start_seconds_ = processor_seconds_of(pool_->worker_pids().front());
  }
  double start_seconds() const override { return start_seconds_; }
  Evaluated evaluate(const Design& design) override {
    Evaluated result;
    const double before = processor_seconds(RUSAGE_SELF) + processor_seconds_of(pool_->worker_pids().front());
    for (int repeat = 0; repeat < repeats_; ++repeat) {
      simulate(design, settings_.derived, result);
      if (settings_.confirm && design.feasible) simulate(design, false, result);
    }
    const double after = processor_seconds(RUSAGE_SELF) + processor_seconds_of(pool_->worker_pids().front());
    result.seconds = (after - before) / repeats_;
    result.analyses /= repeats_;
    return result;
  }

 private:
  void simulate(const Design& design, bool derived_cards, Evaluated& result) {
    spice::Request request = design.request;
    request.devices = false;  // as in a run
    request.derived_cards = derived_cards;
    const spice::CornerOutcome outcome = test::simulate(*pool_, request);
    result.analyses += outcome.analysis_seconds;
    for (const auto& metric : problem_.metrics) result.answers[metric.id] = test::answer_of(outcome, metric.id);
  }

  const problem::Problem& problem_;
  PoolSettings settings_;
  int repeats_;
  std::unique_ptr<spice::Pool> pool_;
  double start_seconds_ = 0;
};

/// Metrics that are not within the tolerances of cold processes with fine sweeps; those of a pool are told one by one.
int outside(const problem::Problem& problem, const std::string& name, const Evaluated& way, const Evaluated& exact) {
  int count = 0;
  for (const auto& [id, answer] : way.answers) {
    const problem::MetricDefinition& metric = *problem.metric(id);
    if (metric.kind != problem::MetricKind::kMeasure) continue;
    const test::Answer& theirs = exact.answers.at(id);
    const test::Verdict verdict = test::verdict(metric.measure, answer, theirs);
    if (test::agrees(verdict)) continue;
    ++count;
    // The baseline's own sweeps do not resolve every phase margin.
    if (name == kBaseline) continue;
    std::printf("  %s, %s: %.8g, ngspice %.8g (%s)\n", name.c_str(), id.c_str(), answer.value, theirs.value,
                test::to_string(verdict));
  }
  return count;
}

/// One number of each round.
std::vector<double> over_rounds(const Json& rounds, const std::function<double(const Json&)>& number) {
  std::vector<double> values;
  for (const Json& round : rounds) values.push_back(number(round));
  return values;
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

  const auto pool = [&](const PoolSettings& settings) {
    return std::make_unique<PoolWay>(problem, settings, arguments.repeats);
  };
  std::vector<std::pair<std::string, std::unique_ptr<Way>>> ways;
  ways.emplace_back(kBaseline, std::make_unique<Batch>(problem, 0));
  ways.emplace_back("same card and sweeps", pool({false, false, false}));
  ways.emplace_back("adaptive sweeps", pool({true, false, false}));
  ways.emplace_back("all on", pool({true, true, false}));
  ways.emplace_back("all on, feasible ones confirmed", pool({true, true, true}));
  Batch fine(problem, 100);

  Json known = Json::object();
  if (std::ifstream stream(arguments.out); stream) known = Json::parse(stream, nullptr, false);
  if (!known.is_object() || known.value("designs", std::size_t{0}) != designs.size())
    known = {{"problem", problem.name}, {"designs", designs.size()}, {"rounds", Json::array()}};
  while (known["rounds"].size() < static_cast<std::size_t>(arguments.rounds)) {
    Json round = Json::object();
    for (const auto& [name, way] : ways) round[name] = {{"seconds", 0.0}, {"analyses", 0.0}, {"outside", 0}};
    for (std::size_t i = 0; i < designs.size(); ++i) {
      std::fprintf(stderr, "\r%s: round %zu, design %zu of %zu ", problem.name.c_str(), known["rounds"].size() + 1,
                   i + 1, designs.size());
      const Evaluated exact = fine.evaluate(designs[i]);
      for (const auto& [name, way] : ways) {
        const Evaluated result = way->evaluate(designs[i]);
        const double share = 1 / static_cast<double>(designs.size());
        Json& sums = round[name];
        sums["seconds"] = sums["seconds"].get<double>() + share * result.seconds;
        sums["analyses"] = sums["analyses"].get<double>() + share * result.analyses;
        sums["outside"] = sums["outside"].get<int>() + outside(problem, name, result, exact);
      }
    }
    std::fputc('\n', stderr);
    known["rounds"].push_back(round);
    if (!arguments.out.empty()) std::ofstream(arguments.out) << known.dump(2) << "\n";
  }

  const Json& rounds = known["rounds"];
  std::printf("%s, %zu designs, %zu rounds: processor time of an evaluation (medians; ratio to %s with its range)\n",
              problem.name.c_str(), designs.size(), rounds.size(), kBaseline);
  std::printf("  %-34s %10s %10s %8s %16s %14s %8s\n", "", "ms", "analyses", "ratio", "", "per s and core", "outside");
  for (const auto& [name, way] : ways) {
    const auto number = [&](const char* key) {
      return over_rounds(rounds, [&](const Json& round) { return round[name][key].get<double>(); });
    };
    const std::vector<double> ratios = over_rounds(rounds, [&](const Json& round) {
      return round[kBaseline]["seconds"].get<double>() / round[name]["seconds"].get<double>();
    });
    const auto [least, most] = std::minmax_element(ratios.begin(), ratios.end());
    const double seconds = bench::median(number("seconds"));
    std::printf("  %-34s %10.2f %10.2f %8.2f (%5.2f .. %5.2f) %14.2f %8.0f\n", name.c_str(), 1e3 * seconds,
                1e3 * bench::median(number("analyses")), bench::median(ratios), *least, *most, 1 / seconds,
                bench::median(number("outside")));
  }
  std::printf("  start of a worker, once: %.0f ms\n", 1e3 * ways.back().second->start_seconds());
  return 0;
}
