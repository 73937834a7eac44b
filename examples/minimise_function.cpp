// Minimises a C++ function under constraints with the optimiser alone: no circuit, no file.
// SPDX-License-Identifier: BSD-3-Clause
//
// The function is the welded beam of the engineering-design literature: cost of the beam under limits on shear stress,
// bending stress, deflection and geometry.
#include <cmath>
#include <cstdio>

#include "exturbo/bo/optimizer.hpp"

namespace {

using namespace exturbo;

/// x: weld height, weld length, beam height, beam width, in inches. Constraints are met when <= 0.
bo::Outcome welded_beam(const std::vector<double>& x) {
  const double h = x[0], l = x[1], t = x[2], b = x[3];
  const double load = 6000, span = 14, young = 30e6;
  const double moment = load * (span + l / 2);
  const double radius = std::sqrt(l * l / 4 + (h + t) * (h + t) / 4);
  const double inertia = 2 * std::sqrt(2.0) * h * l * (l * l / 12 + (h + t) * (h + t) / 4);
  const double direct = load / (std::sqrt(2.0) * h * l);
  const double bending = moment * radius / inertia;
  const double shear = std::sqrt(direct * direct + direct * bending * l / radius + bending * bending);
  const double cost = 1.10471 * h * h * l + 0.04811 * t * b * (span + l);
  return {false,
          cost,
          {shear / 13600 - 1, 6 * load * span / (b * t * t) / 30000 - 1, h / b - 1,
           4 * load * span * span * span / (young * t * t * t * b) / 0.25 - 1}};
}

}  // namespace

int main() {
  const bo::SearchSpace space({{"h", 0.125, 10, bo::Scale::kLog},
                               {"l", 0.1, 10, bo::Scale::kLog},
                               {"t", 0.1, 10, bo::Scale::kLog},
                               {"b", 0.1, 10, bo::Scale::kLog}});
  bo::Optimizer optimizer(space, 4);
  for (int evaluation = 1; evaluation <= 100; ++evaluation) {
    const bo::Suggestion suggestion = optimizer.ask();
    optimizer.tell(suggestion.id, welded_beam(suggestion.values));
    if (evaluation % 20 == 0) {
      const auto best = optimizer.best();
      std::printf("%3d evaluations: %s, cost %.4f\n", evaluation, best->feasible ? "feasible" : "infeasible",
                  best->objective);
    }
  }
  const auto best = optimizer.best();
  std::printf("best: h %.4f  l %.4f  t %.4f  b %.4f\n", best->values[0], best->values[1], best->values[2],
              best->values[3]);
  return best->feasible ? 0 : 1;
}
