// Outcomes: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/spice/outcome.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace exturbo::spice {
namespace {

constexpr std::array<std::pair<Status, const char*>, 10> kNames{{{Status::kOk, "ok"},
                                                                 {Status::kNoConvergence, "no_convergence"},
                                                                 {Status::kSpurious, "spurious"},
                                                                 {Status::kBadNetlist, "bad_netlist"},
                                                                 {Status::kCrashed, "crashed"},
                                                                 {Status::kWallLimit, "wall_limit"},
                                                                 {Status::kCpuLimit, "cpu_limit"},
                                                                 {Status::kOutOfMemory, "out_of_memory"},
                                                                 {Status::kEvaluatorError, "evaluator_error"},
                                                                 {Status::kBadReply, "bad_reply"}}};

}  // namespace

const char* to_string(Status status) {
  for (const auto& [value, name] : kNames) {
    if (value == status) return name;
  }
  return "unknown";
}

Status status_from_string(const std::string& text) {
  for (const auto& [value, name] : kNames) {
    if (text == name) return value;
  }
  throw std::invalid_argument("no such status: '" + text + "'");
}

bool Outcome::failed() const {
  return corners.empty() || std::any_of(corners.begin(), corners.end(),
                                        [](const CornerOutcome& corner) { return corner.status != Status::kOk; });
}

}  // namespace exturbo::spice
