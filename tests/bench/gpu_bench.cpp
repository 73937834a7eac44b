// Exact processes of many points on a GPU, beside this program's own CPU path.
// SPDX-License-Identifier: BSD-3-Clause
//
// gpu_bench [--quick] [--methods cuda,cpu] [--budget N=100] [--out FILE.jsonl]
// The function of gp_peer_data.hpp, d = 20, n = 1,000 to 40,000. `like s`: one likelihood with its gradient, the least
// of three; `fit s`: a fit of at most N likelihoods a size, with the fits of halves it starts from; `sample s`: one
// joint sample at 100,000 points. Shares of what the device reaches at best in the same run: `factor` and `like` of a
// product of matrices (a likelihood with its gradient is n^3 floating-point operations), `assembly` of a copy. Fits are
// of all points. `cpu` does the same for n <= 5,000; for more it is what the program does there instead: a fit of 2,000
// points drawn, and samples by an approximation. Then likelihoods of few points on both, and the least number from
// which the device is quicker: what gp::kCudaFrom is to be. FILE keeps each row as a line. --quick: n = 1,000. Without
// a GPU it says so and times the CPU alone.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "bench_arguments.hpp"
#include "exturbo/gp/accelerator.hpp"
#include "exturbo/gp/fit.hpp"
#include "exturbo/gp/gaussian_process.hpp"
#include "exturbo/gp/marginal_likelihood.hpp"
#include "exturbo/gp/pathwise_sample.hpp"
#include "exturbo/gp/sobol.hpp"
#include "gp_peer_data.hpp"
#include "least_seconds.hpp"
#include "run_store.hpp"

namespace {

using namespace exturbo;
using namespace exturbo::bench;

constexpr int kDimensions = 20;
constexpr int kCandidates = 100000;
constexpr int kLargestOnCpu = 5000;

struct Data {
  Eigen::MatrixXd points;
  Eigen::VectorXd targets;
};

Data standardised_data(int n) {
  Data data{gp::sobol_points(kDimensions, n), {}};
  data.targets = gp_peer_values(data.points);
  data.targets.array() -= data.targets.mean();
  data.targets /= std::sqrt(data.targets.squaredNorm() / n);
  return data;
}

double likelihood_seconds(const Data& data, const gp::Hyperparameters& hyperparameters, const gp::Compute& compute) {
  gp::MarginalLikelihood likelihood(data.points, data.targets, false, gp::Kernel::kMatern52, compute);
  Eigen::VectorXd gradient;
  return least_seconds(3, [&] { likelihood.evaluate(gp::to_log(hyperparameters), &gradient); });
}

TrialRecord measure(int n, gp::Device device, int evaluations) {
  const Data data = standardised_data(n);
  const bool exact = device == gp::Device::kCuda || n <= kLargestOnCpu;
  gp::FitOptions options;
  options.max_evaluations = evaluations;
  options.compute.device = device;
  options.compute.exact_points = kLargestOnCpu;
  if (exact) options.max_points = n;
  TrialRecord record;
  gp::FitResult fitted;
  record.seconds = least_seconds(1, [&] { fitted = gp::fit(data.points, data.targets, options); });
  record.details["likelihoods"] = fitted.evaluations;
  record.details["log_likelihood_per_point"] = fitted.log_likelihood / static_cast<double>(fitted.points);
  if (exact) record.details["likelihood_seconds"] = likelihood_seconds(data, fitted.hyperparameters, options.compute);
  gp::GaussianProcess process(options.compute);
  process.condition(data.points, data.targets, fitted.hyperparameters);
  core::RandomStream stream(1, 1, core::Purpose::kTest);
  const gp::FourierFeatures features(kDimensions, 256, stream);
  const gp::PathwiseSample sample(process, features, stream);
  const Eigen::MatrixXd candidates = gp::sobol_points(kDimensions, kCandidates);
  record.details["sample_seconds"] = least_seconds(1, [&] { sample.evaluate(candidates); });
  if (device == gp::Device::kCuda) {
    const gp::DeviceProfile profile = gp::accelerator()->measure_profile(n, kDimensions);
    record.details["multiply"] = profile.multiply;
    record.details["copy"] = profile.copy;
    record.details["assemble"] = profile.assemble;
    record.details["factor"] = profile.factor;
  }
  return record;
}

void print(int n, const TrialRecord* cuda, const TrialRecord* cpu) {
  const auto of = [](const TrialRecord& record, const char* key) {
    const auto found = record.details.find(key);
    return found != record.details.end() ? found->second : std::numeric_limits<double>::quiet_NaN();
  };
  for (const auto& [name, record] : {std::pair{"cuda", cuda}, std::pair{"cpu", cpu}}) {
    if (record == nullptr) continue;
    std::printf("%6d %-5s %9.4f %9.2f %4g %8.4f %9.3f", n, name, of(*record, "likelihood_seconds"), record->seconds,
                of(*record, "likelihoods"), of(*record, "log_likelihood_per_point"), of(*record, "sample_seconds"));
    if (record == cuda) {
      const double rate = std::pow(n, 3) / of(*record, "likelihood_seconds");
      const double multiply = std::max(1.0, of(*record, "multiply")), copy = std::max(1.0, of(*record, "copy"));
      std::printf(" | %7.2f %7.2f %5.0f%% %5.0f%% %8.0f %5.0f%%", 1e-12 * multiply, 1e-12 * rate, 100 * rate / multiply,
                  100 * of(*record, "factor") / multiply, 1e-9 * copy, 100 * of(*record, "assemble") / copy);
      if (cpu != nullptr)
        std::printf(" | %6.1f %6.1f %6.1f", of(*cpu, "likelihood_seconds") / of(*cuda, "likelihood_seconds"),
                    cpu->seconds / cuda->seconds, of(*cpu, "sample_seconds") / of(*cuda, "sample_seconds"));
    }
    std::printf("\n");
  }
  std::fflush(stdout);
}

/// Where the device begins to be worth it.
void print_crossover(RunStore& store, bool on_device, bool quick) {
  std::printf("%6s %12s %12s\n", "n", "cpu like s", "cuda like s");
  int from = 0;
  for (const int n : {250, 500, 1000, 1500, 2000, 3000}) {
    if (quick && n > 500) continue;
    const TrialRecord row = store.get({"crossover_" + std::to_string(n), on_device ? "both" : "cpu", 1, 1, 1}, [&] {
      const Data data = standardised_data(n);
      const gp::Hyperparameters h = gp::Hyperparameters::defaults(kDimensions);
      TrialRecord record;
      record.details["cpu"] = likelihood_seconds(data, h, {});
      if (on_device) record.details["cuda"] = likelihood_seconds(data, h, {gp::Device::kCuda});
      return record;
    });
    std::printf("%6d %12.5f", n, row.details.at("cpu"));
    if (on_device) {
      std::printf(" %12.5f", row.details.at("cuda"));
      if (row.details.at("cuda") >= row.details.at("cpu")) {
        from = 0;
      } else if (from == 0) {
        from = n;
      }
    }
    std::printf("\n");
    std::fflush(stdout);
  }
  if (on_device && from > 0)
    std::printf("the device is quicker from %d points on; `auto` takes it from %d on\n", from, gp::kCudaFrom);
}

bool benchmark(const BenchArguments& arguments) {
  const gp::AcceleratorState state = gp::accelerator_state();
  std::printf("device: %s%s\n", state.usable ? "" : "none, nothing is measured on a GPU: ", state.detail.c_str());
  RunStore store(arguments.out);
  const int evaluations = arguments.budget > 0 ? arguments.budget : 100;
  const std::vector<std::string> methods = select("--methods", arguments.methods, {"cuda", "cpu"});
  std::printf("%6s %-5s %9s %9s %4s %8s %9s | %7s %7s %6s %6s %8s %6s | %s\n", "n", "", "like s", "fit s", "evals",
              "log L/n", "sample s", "DGEMM T", "like T", "like", "factor", "copy GB", "assem.",
              "times the CPU: like, fit, sample");
  for (const int n : {1000, 5000, 10000, 20000, 40000}) {
    if (arguments.quick && n > 1000) continue;
    TrialRecord cuda, cpu;
    const auto row = [&](gp::Device device) {
      return store.get({"gpu_" + std::to_string(n), gp::to_string(device), 1, evaluations, 1},
                       [&] { return measure(n, device, evaluations); });
    };
    const auto wanted = [&](const char* name) {
      return std::find(methods.begin(), methods.end(), name) != methods.end();
    };
    const bool on_device = wanted("cuda") && state.usable, on_cpu = wanted("cpu");
    if (on_device) cuda = row(gp::Device::kCuda);
    if (on_cpu) cpu = row(gp::Device::kCpu);
    print(n, on_device ? &cuda : nullptr, on_cpu ? &cpu : nullptr);
  }
  print_crossover(store, state.usable, arguments.quick);
  return true;
}

}  // namespace

int main(int count, char** words) {
  return run_bench(count, words, {"--workers", "--seeds", "--threads", "--rolling", "--problems"}, benchmark);
}
