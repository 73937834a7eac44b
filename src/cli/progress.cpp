// Shows a run's progress: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <sstream>

#include "exturbo/core/number.hpp"

namespace exturbo::cli {

ProgressLine::ProgressLine(std::string objective, std::string unit, bool quiet)
    : objective_(std::move(objective)),
      unit_(std::move(unit)),
      quiet_(quiet),
      terminal_(::isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
  if (open_) std::cerr << "\n";
}

std::string ProgressLine::text(const sizing::Progress& progress) const {
  std::ostringstream line;
  line << std::setw(5) << progress.evaluations << "/" << progress.budget << "  J " << std::setprecision(4)
       << progress.best_cost;
  if (progress.best_objective) {
    line << "  all specs met, " << objective_ << " " << core::format_quantity(*progress.best_objective, unit_);
  } else {
    line << "  not met:";
    const std::size_t shown = std::min<std::size_t>(progress.violated.size(), 4);
    for (std::size_t i = 0; i < shown; ++i) line << " " << progress.violated[i];
    if (progress.violated.size() > shown) line << " +" << progress.violated.size() - shown;
  }
  line << "  " << static_cast<int>(progress.seconds) << " s";
  return line.str();
}

void ProgressLine::show(const sizing::Progress& progress) {
  if (quiet_) return;
  const bool better = progress.best_cost < best_cost_;
  const bool last = progress.evaluations >= progress.budget;
  best_cost_ = std::min(best_cost_, progress.best_cost);
  if (terminal_) {
    const auto now = std::chrono::steady_clock::now();
    if (!last && now - last_ < std::chrono::milliseconds(100)) return;
    last_ = now;
    std::cerr << "\r\033[K" << text(progress) << std::flush;
    open_ = true;
  } else if (better || last || progress.evaluations % 25 == 0) {
    std::cerr << text(progress) << "\n";
  }
}

void print_verdict(const run::Json& result) {
  const bool feasible = result.at("status") == "feasible";
  std::cout << (feasible ? "All specs met." : "Not all specs met.")
            << "  J = " << core::format_exact(result.at("cost").get<double>()) << "\n";
  if (result.contains("reason"))
    std::cout << "The simulation failed: " << result.at("reason").get<std::string>() << "\n";
  std::size_t width = 6;
  for (const run::Json& spec : result.at("specs")) width = std::max(width, spec.at("metric").get<std::string>().size());
  for (const run::Json& spec : result.at("specs")) {
    const std::string unit = spec.at("unit").get<std::string>();
    std::string bound;
    if (spec.contains("min")) bound += ">= " + core::format_quantity(spec.at("min").get<double>(), unit);
    if (spec.contains("max"))
      bound +=
          std::string(bound.empty() ? "" : ", ") + "<= " + core::format_quantity(spec.at("max").get<double>(), unit);
    const std::string value =
        spec.at("value").is_null() ? "not measurable" : core::format_quantity(spec.at("value").get<double>(), unit);
    std::cout << (spec.at("met").get<bool>() ? "  ok    " : "  FAILS ") << std::left
              << std::setw(static_cast<int>(width) + 2) << spec.at("metric").get<std::string>() << std::setw(26)
              << value << bound << "\n";
  }
}

}  // namespace exturbo::cli
