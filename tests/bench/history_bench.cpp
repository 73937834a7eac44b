// Seconds an ask of an optimiser that learned from many prior evaluations, by device.
// SPDX-License-Identifier: BSD-3-Clause
//
// history_bench [--quick] [--device cpu,"exact cpu",cuda] [--prior N=10000] [--model-points N=10000]
//               [--budget ASKS=20] [--threads N=1] [--seeds REPEATS=1] [--out FILE.jsonl]
// A two-stage amplifier by textbook formulas: 14 variables, 20 outputs (the power and 19 constraints). N prior
// evaluations at Sobol points are learned, the best three are seeds, then a batch of 4 is kept pending: asked is slot k
// when 1 .. k - 4 are told. Printed are the seconds of each ask, what was asked (unit cube) and, between devices, the
// largest difference of a coordinate. `cpu` is as the program has it, approximate beyond 5,000 points; `exact cpu`,
// made only where named, keeps 8 n^2 bytes an output and is what `cuda` is to agree with. A device that is not there is
// a line that says why. FILE keeps a finished device as a line. --quick: 400 prior evaluations, models of 300, 8 asks.
// Ends with 1 if nothing was measured.
#include <cmath>
#include <cstdio>
#include <deque>
#include <map>

#include "amplifier_function.hpp"
#include "bench_arguments.hpp"
#include "exturbo/bo/optimizer.hpp"
#include "exturbo/gp/sobol.hpp"
#include "least_seconds.hpp"
#include "quartiles.hpp"
#include "run_store.hpp"

namespace {

using namespace exturbo;
using namespace exturbo::bench;

constexpr int kBatch = 4;

constexpr const char* kExactCpu = "exact cpu";

/// Makes the optimiser compute on a device; "" or why it cannot.
std::string use_device(const std::string& device, bo::Options& options) {
  options.compute.device = gp::device(device == kExactCpu ? "cpu" : device);
  if (device == kExactCpu) options.compute.exact_points = options.max_model_points;
  if (options.compute.device != gp::Device::kCuda || gp::accelerator_state().usable) return "";
  return gp::accelerator_state().detail;
}

std::string name_of(const char* what, int ask) { return std::string(what) + "_" + std::to_string(ask); }
std::string name_of(int ask, int variable) { return name_of("x", ask) + "_" + std::to_string(variable); }

std::vector<bo::PriorEvaluation> sobol_history(const bo::SearchSpace& space, int count) {
  const Eigen::MatrixXd points = gp::sobol_points(space.size(), count);
  std::vector<bo::PriorEvaluation> history;
  for (Eigen::Index i = 0; i < count; ++i) {
    const std::vector<double> values = space.to_values({points.col(i).data(), points.col(i).data() + points.rows()});
    history.push_back({values, amplifier(values)});
  }
  return history;
}

bool is_feasible(const bo::Outcome& outcome) {
  return std::all_of(outcome.constraints.begin(), outcome.constraints.end(), [](double c) { return c <= 0; });
}

TrialRecord measure(const bo::Options& options, int prior, int asks) {
  bo::Optimizer optimizer(amplifier_space(), kAmplifierConstraints, options);
  const std::vector<bo::PriorEvaluation> history = sobol_history(optimizer.space(), prior);
  optimizer.learn(history);
  optimizer.suggest(optimizer.best_learned(3, 0.05));
  TrialRecord record;
  record.details["prior_feasible"] = static_cast<double>(
      std::count_if(history.begin(), history.end(), [](const auto& e) { return is_feasible(e.outcome); }));
  std::deque<bo::Suggestion> pending;
  for (int ask = 1; ask <= asks; ++ask) {
    if (static_cast<int>(pending.size()) == kBatch) {
      const bo::Outcome outcome = amplifier(pending.front().values);
      record.add(is_feasible(outcome), outcome.objective);
      optimizer.tell(pending.front().id, outcome);
      pending.pop_front();
    }
    const double seconds = least_seconds(1, [&] { pending.push_back(optimizer.ask()); });
    record.seconds += seconds;
    record.details[name_of("seconds", ask)] = seconds;
    record.details[name_of("origin", ask)] = static_cast<int>(pending.back().origin);
    for (int j = 0; j < optimizer.space().size(); ++j)
      record.details[name_of(ask, j)] = pending.back().unit[static_cast<std::size_t>(j)];
    std::fprintf(stderr, "ask %d of %d: %.3f s\n", ask, asks, seconds);
  }
  record.details["seconds_fit"] = optimizer.statistics().seconds_fit;
  record.details["fits"] = optimizer.statistics().fits;
  record.details["failed_fits"] = optimizer.statistics().failed_fits;
  return record;
}

void print(const std::string& device, const TrialRecord& record, int asks, int variables) {
  std::printf("%s: %.2f s in %d asks, %.2f of them in the models (%g fits, %g failed); %g prior evaluations feasible\n",
              device.c_str(), record.seconds, asks, record.details.at("seconds_fit"), record.details.at("fits"),
              record.details.at("failed_fits"), record.details.at("prior_feasible"));
  std::vector<double> model;
  std::printf("%5s %8s %9s  %s\n", "ask", "origin", "seconds", "point");
  for (int ask = 1; ask <= asks; ++ask) {
    const auto origin = static_cast<bo::Origin>(static_cast<int>(record.details.at(name_of("origin", ask))));
    const double seconds = record.details.at(name_of("seconds", ask));
    if (origin == bo::Origin::kModel) model.push_back(seconds);
    std::printf("%5d %8s %9.3f ", ask, bo::to_string(origin), seconds);
    for (int j = 0; j < variables; ++j) std::printf(" %.4f", record.details.at(name_of(ask, j)));
    std::printf("\n");
  }
  if (!model.empty()) {
    std::printf("%s: an ask of the models takes %.3f s (median of %zu), the first %.3f s\n", device.c_str(),
                median(model), model.size(), model.front());
  }
}

double largest_difference(const TrialRecord& a, const TrialRecord& b, int asks, int variables) {
  double largest = 0;
  for (int ask = 1; ask <= asks; ++ask) {
    for (int j = 0; j < variables; ++j)
      largest = std::max(largest, std::abs(a.details.at(name_of(ask, j)) - b.details.at(name_of(ask, j))));
  }
  return largest;
}

bool benchmark(const BenchArguments& arguments) {
  RunStore store(arguments.out);
  const int prior = arguments.prior > 0 ? arguments.prior : arguments.quick ? 400 : 10000;
  const int asks = arguments.budget > 0 ? arguments.budget : arguments.quick ? 8 : 20;
  const int variables = amplifier_space().size();
  bool measured = false;
  for (int k = 1; k <= std::max(1, arguments.seeds); ++k) {
    std::map<std::string, TrialRecord> records;
    const std::vector<std::string> wanted =
        arguments.devices.empty() ? std::vector<std::string>{"cpu", "cuda"} : arguments.devices;
    for (const std::string& device : select("--device", wanted, {"cpu", kExactCpu, "cuda"})) {
      bo::Options options;
      options.rng_seed = static_cast<std::uint64_t>(k);
      options.batch = kBatch;
      options.threads = arguments.threads;
      options.max_model_points = arguments.model_points > 0 ? arguments.model_points : arguments.quick ? 300 : 10000;
      if (const std::string why = use_device(device, options); !why.empty()) {
        std::printf("%s: not measured: %s\n", device.c_str(), why.c_str());
        continue;
      }
      const TrialKey key{"history_" + std::to_string(prior) + "_" + std::to_string(options.max_model_points),
                         device + "_threads_" + std::to_string(options.threads), options.rng_seed, asks, kBatch};
      records[device] = store.get(key, [&] { return measure(options, prior, asks); });
      print(device, records[device], asks, variables);
      measured = true;
    }
    for (auto a = records.begin(); a != records.end(); ++a) {
      for (auto b = std::next(a); b != records.end(); ++b) {
        std::printf("largest difference of a coordinate between %s and %s: %.3g\n", a->first.c_str(), b->first.c_str(),
                    largest_difference(a->second, b->second, asks, variables));
      }
    }
    std::fflush(stdout);
  }
  return measured;
}

}  // namespace

int main(int count, char** words) {
  return run_bench(count, words, {"--workers", "--rolling"}, benchmark, {"--device", "--prior", "--model-points"});
}
