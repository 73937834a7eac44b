// Requests to and replies of an evaluator's command: see command/pool.hpp.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "exturbo/command/pool.hpp"

namespace exturbo::command {

inline constexpr std::size_t kLongestLine = std::size_t{1} << 20;  ///< Bytes, the line end included.

/// With its line end.
std::string request_line(const Request& request);

/// The outcome that a reply tells: metrics, those that are expressions of others included, or why there are none
/// (kEvaluatorError, kBadReply). `line` is hostile.
spice::CornerOutcome read_reply(const std::string& line, const Request& request, const problem::Problem& problem);

}  // namespace exturbo::command
