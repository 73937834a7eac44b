// The table of benchmark problems: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "benchmark_problems.hpp"

#include "box.hpp"
#include "constrained.hpp"
#include "held_out_constrained.hpp"
#include "held_out_unconstrained.hpp"
#include "unconstrained.hpp"

namespace exturbo::bench {
namespace {

using Problems = std::vector<BenchmarkProblem>;

const std::vector<double> kHartmannOptimum{0.20168952, 0.15001069, 0.47687398, 0.27533243, 0.31165162, 0.65730053};

/// Every third of `d` variables is one of Hartmann-6.
std::vector<double> sparse_hartmann_optimum(std::size_t d) {
  std::vector<double> point(d, 0.5);
  for (std::size_t i = 0; i < 6; ++i) point[3 * i + 1] = kHartmannOptimum[i];
  return point;
}

/// Variables [first, first + count) are integers.
std::vector<bo::Dimension> with_integers(std::vector<bo::Dimension> space, std::size_t first, std::size_t count) {
  for (std::size_t i = first; i < first + count; ++i) space[i].integer = true;
  return space;
}

std::vector<double> all(std::size_t d, double value) { return std::vector<double>(d, value); }

void add_unconstrained(Problems& problems) {
  const auto add = [&](const char* name, auto space, auto* evaluate, KnownOptimum optimum, int budget) {
    problems.push_back({name, "unconstrained", std::move(space), {}, evaluate, std::move(optimum), 1, budget, 10});
  };
  add("ackley20", box(20, -5, 10), ackley, {all(20, 0), 0}, 500);
  add("levy20", box(20, -5, 10), levy, {all(20, 1), 0}, 500);
  add("rastrigin20", box(20, -5, 10), rastrigin, {all(20, 0), 0}, 500);
  add("hartmann6", box(6, 0, 1), hartmann6, {kHartmannOptimum, -3.322368}, 200);
  add("rosenbrock14", box(14, -5, 10), rosenbrock, {all(14, 1), 0}, 500);
}

void add_constrained(Problems& problems) {
  const auto add = [&](const char* name, auto space, std::vector<double> scales, auto* evaluate, KnownOptimum optimum,
                       double reference) {
    problems.push_back(
        {name, "constrained", std::move(space), std::move(scales), evaluate, std::move(optimum), reference});
  };
  // The sum has no bound but 0: its spread over the box.
  add("ackley10c", box(10, -5, 10), {10, 5}, constrained_ackley, {all(10, 0), 0}, 10);
  // Not a minimum: the first variable tends to 0.78125, where it is rounded up.
  add("pressure_vessel", box({{0, 10}, {0, 10}, {10, 50}, {150, 200}}), {1, 1, 1296000, 240}, pressure_vessel,
      {{0.78124999, 0.3863732, 40.479274, 197.78936}, 5633.95, 0.01}, 6000);
  add("welded_beam", box({{0.125, 10}, {0.1, 10}, {0.1, 10}, {0.1, 10}}), {13600, 30000, 1, 5, 0.25, 6000}, welded_beam,
      {{0.168, 4.067084776, 10, 0.168}, 1.587077511}, 3);
  add("speed_reducer", box({{2.6, 3.6}, {0.7, 0.8}, {17, 28}, {7.3, 8.3}, {7.8, 8.3}, {2.9, 3.9}, {5, 5.5}}),
      {1, 1, 1, 1, 1100, 850, 40, 5, 12, 1, 1}, speed_reducer,
      {{3.5, 0.7, 17, 7.3, 7.8, 3.350214666, 5.286683230}, 2996.348165}, 4000);
}

void add_held_out(Problems& problems) {
  const auto free = [&](const char* name, auto space, auto* evaluate, KnownOptimum optimum, int budget) {
    problems.push_back({name, "held_out", std::move(space), {}, evaluate, std::move(optimum), 1, budget, 10});
  };
  free("ackley20_turned", box(20, -5, 10), turned_ackley, {turned_optimum(20), 0}, 500);
  free("rastrigin10_turned", box(10, -5, 5), turned_rastrigin, {turned_optimum(10), 0}, 500);
  // Moved: in the usual box the optimum is the centre.
  free("griewank10", box(10, -300, 600), griewank, {all(10, 0), 0}, 500);
  free("styblinski_tang10", box(10, -5, 5), styblinski_tang, {all(10, -2.90353403), -391.66165704}, 500);
  free("hartmann6_of_20", box(20, 0, 1), sparse_hartmann6, {sparse_hartmann_optimum(20), -3.322368}, 200);
  free("gear_train", with_integers(box(4, 12, 60), 0, 4), gear_train, {{16, 19, 43, 49}, 2.700857e-12, 1e-18}, 200);

  const auto bound = [&](const char* name, auto space, std::vector<double> scales, auto* evaluate, KnownOptimum optimum,
                         double reference) {
    problems.push_back(
        {name, "held_out", std::move(space), std::move(scales), evaluate, std::move(optimum), reference});
  };
  bound("spring", box({{0.05, 2}, {0.25, 1.3}, {2, 15}}), all(4, 1), spring,
        {{0.05168932478, 0.356724084, 11.2885938}, 0.01266523}, 0.05);
  bound("townsend", box({{-2.25, 2.5}, {-2.5, 1.75}}), {4}, townsend, {{2.0052938, 1.1944509}, -2.0239884}, 1);
  bound("gas_transmission", box({{20, 50}, {1, 10}, {20, 50}, {0.1, 60}}), {1}, gas_transmission,
        {{50, 1.178283949, 24.592590288, 0.388353070}, 2964895.4, 1}, 1e7);
  bound("heat_exchanger",
        box({{100, 10000}, {1000, 10000}, {1000, 10000}, {10, 1000}, {10, 1000}, {10, 1000}, {10, 1000}, {10, 1000}}),
        {1, 1, 1, 83333.333, 1250000, 1250000}, heat_exchanger,
        {{579.306685, 1359.970678, 5109.970657, 182.017700, 295.601173, 217.982300, 286.416525, 395.601173},
         7049.248021,
         1e-3},
        15000);
  bound("process_synthesis", with_integers(box({{0, 1.2}, {0, 1.8}, {0, 2.5}, {0, 1}, {0, 1}, {0, 1}, {0, 1}}), 3, 4),
        {5, 5.5, 1.2, 1.8, 2.5, 1.2, 1.64, 4.25, 4.64}, process_synthesis,
        {{0.2, 0.8, 1.907878, 1, 1, 0, 1}, 4.579582, 1e-5}, 5);
}

}  // namespace

const std::vector<BenchmarkProblem>& benchmark_problems() {
  static const Problems problems = [] {
    Problems made;
    add_unconstrained(made);
    add_constrained(made);
    add_held_out(made);
    return made;
  }();
  return problems;
}

}  // namespace exturbo::bench
