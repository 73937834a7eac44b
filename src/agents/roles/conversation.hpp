// One role's turn: a prompt, its answer, and corrections in the validator's words.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "exturbo/vlm/transport.hpp"
#include "problem/json_reader.hpp"
#include "role.hpp"

namespace exturbo::agents {

struct Question {
  const Role& role;
  int round = 0;
  std::string prompt;
  std::shared_ptr<const vlm::Image> image{};
};

/// What became of a turn. Table: `faults` empty - a whole answer; else - what is wrong with the best one, which may
/// still be usable; `status` not kOk - the last request failed for the reason in `message`.
struct Turn {
  vlm::Status status = vlm::Status::kOk;
  std::string message;
  std::optional<problem::Json> answer;  ///< That with the fewest faults; none: no JSON came.
  std::vector<core::Fault> faults;
  vlm::Usage usage;
};

/// Faults of an answer, by reading it.
using Check = std::function<std::vector<core::Fault>(const problem::Json&)>;

/// Asks, and sends answers with faults back, at most `corrections` times.
Turn converse(vlm::Transport& transport, const Question& question, const Check& check, int corrections, int max_tokens);

}  // namespace exturbo::agents
