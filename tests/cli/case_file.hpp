// A broken input as data: how it differs from a good problem, and which command is run on it.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <vector>

#include "support/temporary_folder.hpp"

namespace exturbo::test {

/// One entry of tests/cli/cases/<group>.json. The keys, all but "name" optional:
///   "problem"    JSON merge patch (RFC 7396) of the tiny problem      "process"   the same of its process.json
///   "replace"    file -> [text, its replacement]                      "files"     file -> lines, or null: removed
///   "folders"    names of empty folders in place of files             "links"     file -> target of a symbolic link
///   "fill"       file -> [character, count]                           "arguments" default ["check", "problem.json"]
///   "evaluator"  true: in place of the tiny problem, one whose designs a command evaluates
///   "run"        true: in place of the bare problem, the folder of tiny_run(), which then suffers the changes above
struct Case {
  std::string group;
  std::string name;
  nlohmann::ordered_json content;
};
inline void PrintTo(const Case& example, std::ostream* out) { *out << example.group << ": " << example.name; }

std::vector<Case> read_cases(const std::string& group);

/// Writes the tiny problem, then changes it as the case says.
void write_case(const Case& example, const TemporaryFolder& folder);
std::vector<std::string> arguments_of(const Case& example);

/// Text of the sections "[name]" of a golden file.
std::map<std::string, std::string> read_golden(const std::string& group);
/// Replaces one section, in the order of the cases; sections without a case are dropped.
void record_golden(const Case& example, const std::string& text);

}  // namespace exturbo::test
