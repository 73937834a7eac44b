// The trials that a bench has finished, a line of JSON each: one that was made is not made again.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <compare>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "exturbo/run/line_journal.hpp"
#include "trial.hpp"

namespace exturbo::bench {

/// Names a trial.
struct TrialKey {
  std::string problem;
  std::string method;
  std::uint64_t rng_seed = 1;
  int budget = 0;
  int batch = 0;
  auto operator<=>(const TrialKey&) const = default;
};

class RunStore {
 public:
  /// Reads the file, made with its folder if absent; a torn last line is cut off. An empty name: nothing is kept.
  /// \throws core::InputError if a line is none of a bench; core::EnvironmentError if the file cannot be used.
  explicit RunStore(const std::filesystem::path& file);

  /// The trial as it was made, else as `make` makes it: it is a line of the file before this returns.
  /// \throws core::EnvironmentError if it cannot be written; what `make` throws.
  TrialRecord get(const TrialKey& key, const std::function<TrialRecord()>& make);

 private:
  std::map<TrialKey, TrialRecord> records_;
  std::optional<run::LineJournal> journal_;
};

}  // namespace exturbo::bench
