// Sizes a circuit from C++: load a problem, run, read the result.
// SPDX-License-Identifier: BSD-3-Clause
//
// size_circuit PROBLEM.json RUN_FOLDER [BUDGET]
#include <cstdlib>
#include <exturbo/core/fault.hpp>
#include <exturbo/core/number.hpp>
#include <exturbo/sizing/size.hpp>
#include <iostream>

int main(int count, char** words) {
  if (count < 3) {
    std::cerr << "usage: size_circuit PROBLEM.json RUN_FOLDER [BUDGET]\n";
    return 2;
  }
  try {
    const exturbo::problem::Problem problem = exturbo::sizing::open_problem(words[1]);
    exturbo::sizing::SizeOptions options;
    options.budget = count > 3 ? std::atoi(words[3]) : 0;  // 0: the problem's own.
    options.rng_seed = 1;

    exturbo::sizing::Control control;
    control.on_progress = [](const exturbo::sizing::Progress& progress) {
      if (progress.evaluations % 10 == 0)
        std::cout << progress.evaluations << " evaluations, J = " << progress.best_cost << "\n";
    };

    const exturbo::sizing::SizeSummary summary = exturbo::sizing::size(problem, options, words[2], {}, control);
    std::cout << "specs met: " << (summary.feasible ? "all" : "not all") << "\n";
    for (const auto& [name, value] : summary.result.at("best").at("variables").items()) {
      std::cout << name << " = " << exturbo::core::format_number(value.get<double>()) << "\n";
    }
    return 0;
  } catch (const exturbo::core::InputError& error) {
    std::cerr << error.what() << "\n";  // Every fault of the input, a line each.
    return 2;
  } catch (const exturbo::core::EnvironmentError& error) {
    std::cerr << error.what() << "\n";
    return 3;
  }
}
