// Sobol' indices from a sample and from the model of 500 points, beside exact ones and those of 2^20 rows.
// SPDX-License-Identifier: BSD-3-Clause
//
// indices_bench [--quick]
// Ishigami's function and the g-function, whose indices are known in closed form, and the borehole, whose known indices
// are those of 2^20 rows here, copied into tests/support/known_indices.cpp. A line a variable; `sample` has 4096 rows,
// `model` has as many of the posterior mean of a GP of 500 Sobol points. Ends with 1 if an index is off by more than
// 0.02 in the sample, 0.05 in the model or 0.002 in the 2^20 rows. --quick: 2^16 rows in place of 2^20.
#include <chrono>
#include <cstdio>

#include "bench_arguments.hpp"
#include "exturbo/sensitivity/sobol_indices.hpp"
#include "support/known_indices.hpp"

namespace {

using namespace exturbo;
using namespace exturbo::bench;
using sensitivity::IndexEstimate;
using sensitivity::SobolIndices;

struct Rows {
  const SobolIndices &many, &sample, &model;
};
/// Largest differences from the known indices.
struct Worst {
  double many = 0, sample = 0, model = 0;
};

SobolIndices indices_of(const sensitivity::CubeFunction& function, Eigen::Index d, Eigen::Index rows, bool pairs) {
  sensitivity::SobolOptions options;
  options.rows = rows;
  options.replicates = 0;
  if (pairs) options.pairs = sensitivity::all_pairs(d);
  return sensitivity::sobol_indices(function, d, options);
}

void print_index(const std::string& name, double known, const Rows& rows,
                 const std::vector<IndexEstimate> SobolIndices::*order, std::size_t k, Worst& worst) {
  const double many = (rows.many.*order)[k].value;
  const double sample = (rows.sample.*order)[k].value;
  const double model = (rows.model.*order)[k].value;
  std::printf("%-10s %9.5f %9.5f %9.5f %9.5f\n", name.c_str(), known, many, sample, model);
  worst.many = std::max(worst.many, std::abs(many - known));
  worst.sample = std::max(worst.sample, std::abs(sample - known));
  worst.model = std::max(worst.model, std::abs(model - known));
}

bool compare(const KnownFunction& known, Eigen::Index many_rows) {
  const Eigen::Index d = known.first.size();
  const bool pairs = known.second.size() > 0;
  const SobolIndices many = indices_of(known.function, d, many_rows, pairs);
  const SobolIndices sample = indices_of(known.function, d, 4096, pairs);
  const auto begin = std::chrono::steady_clock::now();
  const sensitivity::CubeFunction mean = posterior_mean(known, 500);
  const auto fitted = std::chrono::steady_clock::now();
  const SobolIndices model = indices_of(mean, d, 4096, pairs);
  const auto end = std::chrono::steady_clock::now();
  const Rows rows{many, sample, model};
  Worst worst;
  std::printf("%-10s %9s %9s %9s %9s\n", known.name.c_str(), "known", "many", "sample", "model");
  for (Eigen::Index i = 0; i < d; ++i) {
    const auto k = static_cast<std::size_t>(i);
    const std::string number = std::to_string(i + 1);
    print_index("S_" + number, known.first[i], rows, &SobolIndices::first, k, worst);
    print_index("T_" + number, known.total[i], rows, &SobolIndices::total, k, worst);
  }
  if (pairs) {
    std::size_t k = 0;
    for (const auto& [i, j] : sensitivity::all_pairs(d)) {
      const std::string name = "S_" + std::to_string(i + 1) + "_" + std::to_string(j + 1);
      print_index(name, known.second(i, j), rows, &SobolIndices::second, k++, worst);
    }
  }
  std::printf("%-10s %9s %9.5f %9.5f %9.5f   model %.2f s, its indices %.2f s\n\n", "worst", "", worst.many,
              worst.sample, worst.model, std::chrono::duration<double>(fitted - begin).count(),
              std::chrono::duration<double>(end - fitted).count());
  std::fflush(stdout);
  return worst.many <= 0.002 && worst.sample <= 0.02 && worst.model <= 0.05;
}

bool benchmark(const BenchArguments& arguments) {
  bool met = true;
  for (const KnownFunction& known : {ishigami(), g_function(), borehole()}) {
    met = compare(known, Eigen::Index{1} << (arguments.quick ? 16 : 20)) && met;
  }
  return met;
}

}  // namespace

int main(int count, char** words) {
  return run_bench(count, words,
                   {"--seeds", "--budget", "--threads", "--workers", "--rolling", "--methods", "--problems", "--out"},
                   benchmark);
}
