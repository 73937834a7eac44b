// A run folder made by code: a tiny amplifier problem in a temporary folder, and evaluations by formula.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <string>

#include "exturbo/run/run_folder.hpp"
#include "support/temporary_folder.hpp"

namespace exturbo::report::test {

struct FixtureOptions {
  int evaluations = 40;
  int first_feasible = 16;  ///< Index from which every third evaluation is feasible; 0: none ever is.
  int fail_every = 9;       ///< Each evaluation whose index this divides fails; 0: none.
  bool finished = true;     ///< Write result.json.
  int corners = 1;          ///< 1 to 3.
  std::string failure_reason = "open_loop: no operating point";
  std::string command = "exturbo size amp.json --rng-seed 7";
  std::string device_name = "M3";      ///< Of a transistor in triode.
  std::string unmeasured_reason = {};  ///< If set, the best design lacks slew_rate, for this reason.
};

/// Whether the page says this; non-breaking blanks count as blanks.
bool contains(const std::string& page, const std::string& part);

/// Its folder goes with it.
class RunFixture {
 public:
  explicit RunFixture(const FixtureOptions& options = {});

  run::RunFolder read() const;
  const std::filesystem::path& run_path() const { return run_; }

 private:
  exturbo::test::TemporaryFolder folder_;
  std::filesystem::path run_;
};

}  // namespace exturbo::report::test
