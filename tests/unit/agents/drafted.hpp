// Drafts of netlists given as text, for tests.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <gtest/gtest.h>

#include <set>

#include "exturbo/agents/problem_draft.hpp"
#include "exturbo/problem/load.hpp"
#include "exturbo/sizing/size.hpp"
#include "support/temporary_folder.hpp"

namespace exturbo::test {

inline const std::filesystem::path kSource = EXTURBO_SOURCE_DIR;

inline problem::Process process(const std::string& name) {
  return problem::load_process((kSource / "pdk" / name).string());
}

inline std::string ids(const std::vector<core::Fault>& faults) {
  std::string text;
  for (const core::Fault& fault : faults) text += (text.empty() ? "" : " ") + fault.id;
  return text;
}

inline std::string listed(const std::vector<core::Fault>& faults) {
  std::string text;
  for (const core::Fault& fault : faults) text += core::to_string(fault) + "\n";
  return text;
}

inline std::set<std::string> variable_names(const problem::Problem& problem) {
  std::set<std::string> names;
  for (const problem::Variable& variable : problem.variables) names.insert(variable.name);
  return names;
}

inline agents::DraftOptions options(const std::string& pdk, const std::string& kind,
                                    const std::map<std::string, std::string>& pins = {}) {
  return {kind, "", pins, (kSource / "pdk" / pdk).string()};
}

inline agents::ProblemDraftResult draft_of(const std::string& text, const std::string& pdk, const std::string& kind,
                                           const std::map<std::string, std::string>& pins = {}) {
  const TemporaryFolder folder;
  return agents::draft_problem(folder.write("bare.cir", text), process(pdk), options(pdk, kind, pins));
}

/// The draft written and read again: it must have no fault.
inline problem::Problem opened(const agents::ProblemDraft& draft, const TemporaryFolder& folder,
                               const std::string& name = "problem.json") {
  agents::write_draft(draft, folder.path() / "drafted" / name);
  return sizing::open_problem(folder.path() / "drafted" / name, {}, false);
}

inline const problem::Variable& variable(const problem::Problem& problem, const std::string& name) {
  for (const problem::Variable& candidate : problem.variables) {
    if (candidate.name == name) return candidate;
  }
  throw std::runtime_error("no variable " + name);
}

}  // namespace exturbo::test
