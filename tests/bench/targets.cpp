// What the optimiser is to reach: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "targets.hpp"

#include <cmath>
#include <cstdlib>

namespace exturbo::bench {
namespace {

/// The best of HEBO, TuRBO-1, SCBO, BOBYQA, COBYLA and CMA-ES on each, and a little beyond.
const std::vector<Target>& targets() {
  static const std::vector<Target> table{{"ackley20", 100, "3.0"},
                                         {"ackley20", 200, "1.6"},
                                         {"ackley20", 500, "0.5"},
                                         {"levy20", 100, "12"},
                                         {"levy20", 200, "5.0"},
                                         {"levy20", 500, "2"},
                                         {"rastrigin20", 100, "180"},
                                         {"rastrigin20", 200, "140"},
                                         {"rastrigin20", 500, "90"},
                                         {"hartmann6", 100, "-3.322"},
                                         {"ackley10c", 0, "17"},
                                         {"ackley10c", 100, "2.8"},
                                         {"ackley10c", 200, "0.12"},
                                         {"pressure_vessel", 0, "6"},
                                         {"pressure_vessel", 100, "5799"},
                                         {"pressure_vessel", 200, "5641"},
                                         {"speed_reducer", 0, "11"},
                                         {"speed_reducer", 100, "2996.4"},
                                         {"speed_reducer", 200, "2996.35"},
                                         {"welded_beam", 0, "12"},
                                         {"welded_beam", 100, "1.92"},
                                         {"welded_beam", 200, "1.71"}};
  return table;
}

}  // namespace

std::vector<Target> targets_of(const std::string& problem) {
  std::vector<Target> found;
  for (const Target& target : targets()) {
    if (target.problem == problem) found.push_back(target);
  }
  return found;
}

bool meets(const Target& target, double median) {
  const std::size_t point = target.bound.find('.');
  const double digits = point == std::string::npos ? 0 : static_cast<double>(target.bound.size() - point - 1);
  const double unit = std::pow(10.0, digits);
  // In units of the last digit both are whole numbers, which compare exactly.
  return std::round(median * unit) <= std::round(std::strtod(target.bound.c_str(), nullptr) * unit);
}

}  // namespace exturbo::bench
