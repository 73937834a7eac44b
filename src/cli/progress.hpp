// Shows a run's progress: one line that renews itself on a terminal, plain lines when piped.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <chrono>
#include <string>

#include "exturbo/sizing/size.hpp"

namespace exturbo::cli {

class ProgressLine {
 public:
  /// `unit` is that of the objective. Writes to stderr; nothing at all if `quiet`.
  ProgressLine(std::string objective, std::string unit, bool quiet);
  ~ProgressLine();
  void show(const sizing::Progress& progress);

 private:
  std::string text(const sizing::Progress& progress) const;

  std::string objective_;
  std::string unit_;
  bool quiet_;
  bool terminal_;
  bool open_ = false;  ///< A line without its end is on the terminal.
  double best_cost_ = 1e300;
  std::chrono::steady_clock::time_point last_{};
};

/// The outcome of a run or a simulation for people: verdict and a table of specs, on stdout.
void print_verdict(const run::Json& result);

}  // namespace exturbo::cli
