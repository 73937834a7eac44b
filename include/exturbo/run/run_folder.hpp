// The folder of a run: everything that was asked, every evaluation, and what came out.
// SPDX-License-Identifier: BSD-3-Clause
//
// Files: run.json (manifest), input/ (copies of problem, netlists, process and what was learned of earlier runs: the
// folder needs nothing else; of a problem with an evaluator the JSON alone, as what its command reads is not known),
// evaluations.jsonl (append-only, synced line by line), result.json and the other outputs (written whole, then renamed
// into place). A process killed at any moment leaves a folder that open() can read: a torn last line is cut off.
#pragma once

#include <exception>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "exturbo/core/fault.hpp"
#include "exturbo/problem/problem.hpp"
#include "exturbo/run/evaluation.hpp"
#include "exturbo/run/line_journal.hpp"
#include "exturbo/run/prior_evaluation.hpp"

namespace exturbo::run {

using Json = nlohmann::ordered_json;

class RunFolder {
 public:
  /// Makes the folder (and its parents) for a new run, copies the inputs and those of `history` as
  /// input/history.jsonl if it is not empty, writes `more` files by name, then the manifest: without it a folder is no
  /// run yet, and one that was left so is made anew. `manifest` holds what the caller wants recorded, at least
  /// rng_seed, budget, batch, stop_at_feasible, corners and seed_points (run.schema.json); the names of problem and
  /// process and the hashes of the input files are added. \throws core::InputError if the folder holds anything else;
  /// core::EnvironmentError if it cannot be written.
  static RunFolder create(const std::filesystem::path& path, const problem::Problem& problem, Json manifest,
                          const std::map<std::string, std::string>& more = {},
                          const std::vector<PriorEvaluation>& history = {});

  /// Opens a run for going on with it: takes the lock, checks the hashes, cuts a torn journal line.
  /// \throws core::InputError if it is no run folder, its inputs were changed, or a journal line is corrupt;
  ///         core::EnvironmentError if another process works on it.
  static RunFolder open(const std::filesystem::path& path);

  /// Opens a run, finished or not, for reading only.
  /// \throws core::InputError as open().
  static RunFolder read(const std::filesystem::path& path);

  const std::filesystem::path& path() const { return path_; }
  const Json& manifest() const { return manifest_; }
  /// Replaces keys of the manifest (such as a larger budget on resume); atomic.
  void update_manifest(const Json& changes);

  /// The copied problem file and process folder; the latter is empty for a problem with an evaluator.
  std::filesystem::path problem_file() const;
  std::filesystem::path process_folder() const;
  /// Where the command of the problem's evaluator runs; nothing for a problem without one.
  std::optional<std::filesystem::path> evaluator_folder() const;

  /// What the run learns from, in order; nothing for most runs. \throws core::InputError if a line is damaged.
  std::vector<PriorEvaluation> history() const;

  /// Evaluations of the journal as it was when opened, in file order.
  const std::vector<Evaluation>& evaluations() const { return evaluations_; }
  /// Appends one line and syncs it to the disk. \throws core::EnvironmentError (disk full, ...): the line is then not
  /// there.
  void append(const Evaluation& evaluation);

  /// Writes a file of the folder whole: to a temporary name, synced, renamed. \throws core::EnvironmentError.
  void write(const std::string& name, const std::string& content) const;
  /// Removes a file if it is there. \throws core::EnvironmentError.
  void remove(const std::string& name) const;
  bool has(const std::string& name) const;
  /// A JSON file of the folder. \throws core::InputError if it is absent or faulty.
  Json read_json(const std::string& name) const;
  /// That its result.json does not read as one.
  core::InputError no_result(const std::exception& why) const;

 private:
  RunFolder() = default;
  std::filesystem::path path_;
  Json manifest_;
  std::vector<Evaluation> evaluations_;
  LineJournal journal_;
};

/// SHA-256 of a text, in hexadecimal.
std::string sha256(const std::string& text);

}  // namespace exturbo::run
