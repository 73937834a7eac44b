// Models of many points on the CPU: time and error of Vecchia's approximation, beside the exact process and beside the
// exact process of selected data.
// SPDX-License-Identifier: BSD-3-Clause
//
// large_bench [--quick] [--problems peer,cmrr] [--methods exact,"exact fit",vecchia,many,nearest,random] [--budget N]
//             [--out FILE.jsonl]
// Two functions at n Sobol points, 2,000 to 40,000: `peer`, that of gp_peer_data.hpp, d = 20, smooth beside its noise,
// and `cmrr`, an amplifier's by formula (amplifier_function.hpp), d = 14, without noise, with the trend.
// Hyperparameters are fitted to the data of the method: Matern-5/2, default priors, at most N = 100 likelihoods a size,
// of at most 2,000 points drawn.
//   exact      n <= 5,000
//   exact fit  the same, fitted to all points; 2,000 < n <= 5,000
//   vecchia    predictions by the approximation
//   many       the exact process of 5,000 points drawn; n > 5,000
//   nearest    the exact process of the 1,000 points nearest to the centre of the cube
//   random     the exact process of 1,000 points drawn
// Errors are at 1,000 points unseen, noise included, in the whole cube and in the box of half its sides about its
// centre, where `nearest` is at its best: RMSE over the deviation of all targets, and the mean log density of the
// standardised targets. Times are processor time of one thread: `fit s` with the fits of halves it starts from; `take
// s` to take the data; `1000 s` means and variances of 1,000 points; `at ms` a mean with its gradient. FILE keeps each
// row as a line. --quick: n = 2,000.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <numbers>
#include <numeric>
#include <utility>

#include "amplifier_function.hpp"
#include "bench_arguments.hpp"
#include "exturbo/gp/fit.hpp"
#include "exturbo/gp/gaussian_process.hpp"
#include "exturbo/gp/sobol.hpp"
#include "gp_peer_data.hpp"
#include "run_store.hpp"

namespace {

using namespace exturbo;
using namespace exturbo::bench;

constexpr int kSelected = 1000;
constexpr int kUnseen = 1000;
constexpr int kLargest = 40000;
constexpr int kLargestExact = 5000;

struct Data {
  Eigen::MatrixXd points;
  Eigen::VectorXd targets;
};

Eigen::VectorXd cmrr_values(const Eigen::MatrixXd& points, Eigen::Index) {
  constexpr std::size_t kCmrr = 4;  // of the amplifier's constraints
  const bo::SearchSpace space = amplifier_space();
  Eigen::VectorXd values(points.cols());
  for (Eigen::Index i = 0; i < points.cols(); ++i) {
    const Eigen::VectorXd u = points.col(i);
    values[i] = std::asinh(amplifier(space.to_values({u.data(), u.data() + u.size()})).constraints[kCmrr]);
  }
  return values;
}

struct Function {
  const char* name;
  int dimensions;
  bool trend;
  Eigen::VectorXd (*values)(const Eigen::MatrixXd& points, Eigen::Index first);
};
constexpr Function kFunctions[] = {{"peer", 20, false, gp_peer_values}, {"cmrr", 14, true, cmrr_values}};

Data unseen(const Function& function, bool whole_cube) {
  Data data;
  data.points = gp::sobol_points(function.dimensions, kLargest + kUnseen).rightCols(kUnseen);
  if (!whole_cube) data.points = (0.25 + 0.5 * data.points.array()).matrix().eval();
  data.targets = function.values(data.points, kLargest + 1);
  return data;
}

/// The `count` points of least key.
Data least(const Data& all, const Eigen::VectorXd& key, int count) {
  std::vector<Eigen::Index> order(static_cast<std::size_t>(key.size()));
  std::iota(order.begin(), order.end(), Eigen::Index{0});
  std::sort(order.begin(), order.end(), [&](Eigen::Index a, Eigen::Index b) { return key[a] < key[b]; });
  order.resize(std::min(order.size(), static_cast<std::size_t>(count)));
  return {all.points(Eigen::all, order), all.targets(order)};
}

Data drawn(const Data& all, int count) {
  Eigen::VectorXd key(all.targets.size());
  core::RandomStream stream(1, static_cast<std::uint64_t>(key.size()), core::Purpose::kTest);
  for (double& k : key) k = stream.uniform();
  return least(all, key, count);
}

/// What a method's process is conditioned on.
Data data_of(const Data& all, const std::string& method) {
  if (method == "many") return drawn(all, kLargestExact);
  if (method == "random") return drawn(all, kSelected);
  if (method == "nearest") return least(all, (all.points.array() - 0.5).matrix().colwise().squaredNorm(), kSelected);
  return all;
}

/// Of the processor, which a busy machine lengthens less than those of the clock.
template <class Work>
double seconds(const Work& work) {
  const std::clock_t begin = std::clock();
  work();
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

void measure_errors(const Function& function, const gp::GaussianProcess& process, double mean, double deviation,
                    TrialRecord& record) {
  for (const bool cube : {true, false}) {
    const Data test = unseen(function, cube);
    const Eigen::VectorXd targets = (test.targets.array() - mean) / deviation;
    Eigen::VectorXd means, variances;
    record.details["predict_seconds"] = seconds([&] { process.posterior(test.points, means, &variances); });
    const Eigen::ArrayXd errors = (means - targets).array().square();
    const Eigen::ArrayXd spreads = variances.array() + process.hyperparameters().noise_variance;
    const std::string where = cube ? "cube" : "box";
    record.details["rmse_" + where] = std::sqrt(errors.mean());
    record.details["log_density_" + where] = -0.5 * (errors / spreads + (2 * std::numbers::pi * spreads).log()).mean();
  }
}

TrialRecord measure(const Function& function, int n, const std::string& method, int evaluations) {
  Data all{gp::sobol_points(function.dimensions, n), {}};
  all.targets = function.values(all.points, 1);
  const double mean = all.targets.mean();
  const double deviation = std::sqrt((all.targets.array() - mean).square().mean());
  all.targets = (all.targets.array() - mean) / deviation;
  const Data data = data_of(all, method);
  gp::FitOptions options;
  options.max_evaluations = evaluations;
  options.trend = function.trend;
  if (method == "exact fit") options.max_points = n;
  TrialRecord record;
  gp::FitResult fitted;
  record.seconds = seconds([&] { fitted = gp::fit(data.points, data.targets, options); });
  record.details["likelihoods"] = fitted.evaluations;
  record.details["log_likelihood_per_point"] = fitted.log_likelihood / static_cast<double>(fitted.points);
  gp::Compute compute;
  if (method == "vecchia") compute.exact_points = 0;
  gp::GaussianProcess process(compute);
  record.details["take_seconds"] =
      seconds([&] { process.condition(data.points, data.targets, fitted.hyperparameters); });
  measure_errors(function, process, mean, deviation, record);
  Eigen::VectorXd gradient;
  constexpr int kRepeats = 20;
  const Data test = unseen(function, true);
  record.details["mean_at_seconds"] = seconds([&] {
                                        for (int i = 0; i < kRepeats; ++i)
                                          process.mean_at(test.points.col(i), &gradient);
                                      }) /
                                      kRepeats;
  return record;
}

void print(const Function& function, int n, const std::string& method, const TrialRecord& row) {
  const auto detail = [&](const char* key) { return row.details.at(key); };
  std::printf("%-5s %6d %-9s %8.1f %6g %8.3f %7.3f %7.3f %7.3f | %7.4f %7.3f | %8.4f %7.3f\n", function.name, n,
              method.c_str(), row.seconds, detail("likelihoods"), detail("log_likelihood_per_point"),
              detail("take_seconds"), detail("predict_seconds"), 1e3 * detail("mean_at_seconds"), detail("rmse_cube"),
              detail("log_density_cube"), detail("rmse_box"), detail("log_density_box"));
  std::fflush(stdout);
}

bool benchmark(const BenchArguments& arguments) {
  RunStore store(arguments.out);
  const int evaluations = arguments.budget > 0 ? arguments.budget : 100;
  const auto problems = select("--problems", arguments.problems, {"peer", "cmrr"});
  const auto methods =
      select("--methods", arguments.methods, {"exact", "exact fit", "vecchia", "many", "nearest", "random"});
  std::printf("%-5s %6s %-9s %8s %6s %8s %7s %7s %7s | %7s %7s | %7s %7s\n", "", "n", "method", "fit s", "evals",
              "log L/n", "take s", "1000 s", "at ms", "RMSE", "log p", "RMSE box", "log p");
  for (const Function& function : kFunctions) {
    if (std::find(problems.begin(), problems.end(), function.name) == problems.end()) continue;
    for (const int n : {2000, 5000, 10000, 20000, kLargest}) {
      if (arguments.quick && n > 2000) continue;
      for (const std::string& method : methods) {
        if (method.starts_with("exact") && n > kLargestExact) continue;
        if (method == "many" && n <= kLargestExact) continue;
        if (method == "exact fit" && n <= gp::FitOptions{}.max_points) continue;
        print(function, n, method,
              store.get({"large_" + std::string(function.name) + "_" + std::to_string(n), method, 1, evaluations, 1},
                        [&] { return measure(function, n, method, evaluations); }));
      }
    }
  }
  return true;
}

}  // namespace

int main(int count, char** words) {
  return run_bench(count, words, {"--workers", "--seeds", "--threads", "--rolling"}, benchmark);
}
