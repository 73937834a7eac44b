// Ask and tell by hand: several evaluations under way at once, finishing in any order, some of them failing.
// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <cstdio>
#include <vector>

#include "exturbo/bo/optimizer.hpp"

namespace {

using namespace exturbo;

/// Stands for a slow simulator: does not converge in one corner, and cannot measure its constraint in another.
bo::Outcome simulate(const std::vector<double>& x) {
  if (x[0] > 0.8 && x[1] > 0.8) return bo::Outcome::failure();
  const double objective = (x[0] - 0.7) * (x[0] - 0.7) + (x[1] - 0.9) * (x[1] - 0.9);
  const double constraint = x[1] < 0.05 ? std::nan("") : x[0] + x[1] - 1.2;
  return {false, objective, {constraint}};
}

}  // namespace

int main() {
  bo::Options options;
  options.rng_seed = 3;
  options.batch = 4;  // four at once
  bo::Optimizer optimizer(bo::SearchSpace({{"x", 0, 1}, {"y", 0, 1, bo::Scale::kLinear, 0.01}}), 1, options);
  optimizer.suggest({{0.3, 0.3}});  // what somebody thinks is good: evaluated first

  std::vector<bo::Suggestion> running;
  for (int told = 0; told < 60; ++told) {
    while (running.size() < 4) running.push_back(optimizer.ask());
    const std::size_t finished = static_cast<std::size_t>(told) % 4;  // whichever comes back first
    const bo::Suggestion done = running[finished];
    running.erase(running.begin() + static_cast<std::ptrdiff_t>(finished));
    optimizer.tell(done.id, simulate(done.values));
  }

  const auto best = optimizer.best();
  const bo::Statistics statistics = optimizer.statistics();
  std::printf("%d told, %d failed, %d feasible; best (%.3f, %.2f) with objective %.5f\n", statistics.told,
              statistics.failed, statistics.feasible, best->values[0], best->values[1], best->objective);
  return best->feasible && best->objective < 0.09 ? 0 : 1;  // the optimum is 0.08, at (0.5, 0.7)
}
