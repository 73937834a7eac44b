// A run folder as the campaign sees it: its journal counted, damaged and compared with another's.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "exturbo/core/random.hpp"
#include "fault.hpp"

namespace exturbo::faults {

std::string read_file(const std::filesystem::path& file);

/// Counts the lines of a growing journal; reads only what is new.
class LineCount {
 public:
  explicit LineCount(std::filesystem::path journal) : journal_(std::move(journal)) {}
  std::size_t now();

 private:
  std::filesystem::path journal_;
  std::size_t size_ = 0;
  std::size_t lines_ = 0;
};

/// Damages the end of a journal. Returns what is left of it in whole lines.
std::string cut_tail(const std::filesystem::path& journal, core::RandomStream& stream);
std::string spoil_tail(const std::filesystem::path& journal, core::RandomStream& stream);

/// Evaluations of a journal from byte `begin` on that took more than one attempt.
int count_retried(const std::string& journal, std::size_t begin);

/// In words, what differs between two finished runs beyond times, workers and attempts; at most a few differences.
/// Of a journal only evaluations before `before` are compared, and other files only if `before` is 0.
std::vector<std::string> differences(const std::filesystem::path& run, const std::filesystem::path& expected,
                                     int before = 0);

/// Indices of evaluations of a journal with this status, of all designs or of those with this fault.
std::set<int> with_status(const std::filesystem::path& run, const std::string& status);
std::set<int> with_fault(const std::filesystem::path& run, Fault fault, const std::string& status);

/// Copies a finished run without its results, its journal only up to the last of `indices`.
void copy_for_replay(const std::filesystem::path& run, const std::filesystem::path& copy, const std::set<int>& indices);

/// Counts the designs of a run that are faults themselves (faulty_problem.hpp); wrong where one was not recorded as
/// such.
void count_designs(const std::filesystem::path& run, RunRecord& record);

}  // namespace exturbo::faults
