// The journal of a verification, verify.jsonl: what each corner and each sample gave, so that none is simulated twice.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "exturbo/run/line_journal.hpp"
#include "exturbo/run/run_folder.hpp"

namespace exturbo::run {

/// What was simulated: a corner, without variation or with those of one sample.
struct VerificationKey {
  std::string corner;
  std::uint64_t rng_seed = 0;           ///< Of the samples; 0 without one.
  std::optional<std::uint32_t> sample;  ///< None: without variation.

  auto operator<=>(const VerificationKey&) const = default;
};

/// What came of it.
struct VerificationRecord {
  std::string status;  ///< "ok", or why it failed.
  std::string reason;
  std::map<std::string, double> metrics;
  std::map<std::string, std::string> unmeasured;

  bool failed() const { return status != "ok"; }
};

/// One line of JSON without a line end; parse_verification reads it back to the same doubles.
std::string to_json_line(const VerificationKey& key, const VerificationRecord& record);
/// \throws std::runtime_error or a JSON exception if the line is none.
std::pair<VerificationKey, VerificationRecord> parse_verification(const std::string& line);

class VerificationJournal {
 public:
  /// Opens the journal of a run, or starts it anew where it tells of another subject (the first line: design, versions,
  /// all that its other lines depend on) or is not there. From a damaged line on it is cut: what stood there is
  /// simulated again. \throws core::EnvironmentError if it cannot be written or another process works on it.
  VerificationJournal(const RunFolder& folder, const Json& subject);

  const std::map<VerificationKey, VerificationRecord>& records() const { return records_; }
  /// \throws core::EnvironmentError (disk full, ...): the record is then not there.
  void append(const VerificationKey& key, VerificationRecord record);

 private:
  LineJournal journal_;
  std::map<VerificationKey, VerificationRecord> records_;
};

}  // namespace exturbo::run
