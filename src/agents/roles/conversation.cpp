// One role's turn: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "conversation.hpp"

#include "answer_text.hpp"
#include "exturbo/core/text.hpp"
#include "prompt.hpp"

namespace exturbo::agents {
namespace {

constexpr std::size_t kMaxAnswerBytes = 256U << 10;
constexpr std::size_t kMaxFaults = 40;
constexpr std::size_t kMaxFaultBytes = 1000;  // a fault may quote the answer

std::string correction(const std::vector<core::Fault>& faults, const std::string& finish_reason) {
  std::string text = "Your answer has faults:\n";
  for (std::size_t i = 0; i < faults.size() && i < kMaxFaults; ++i)
    text += "- " +
            core::one_line(faults[i].place + ": " + faults[i].what + " (" + faults[i].hint + ")", kMaxFaultBytes) +
            "\n";
  if (faults.size() > kMaxFaults) text += "- and " + std::to_string(faults.size() - kMaxFaults) + " more\n";
  if (finish_reason == "length") text += "It was cut at the limit of tokens: be shorter.\n";
  return text + "Give the whole JSON object again, corrected, and nothing else.";
}

/// The JSON of an answer; nothing and a fault if there is none.
std::optional<problem::Json> parse(const std::string& text, std::vector<core::Fault>& faults) {
  const std::string object = json_object_in(text);
  if (object.empty()) {
    faults.push_back({"ROL-001", "answer", "/", "holds no JSON object", "answer with one and nothing else"});
    return std::nullopt;
  }
  if (object.size() > kMaxAnswerBytes) {
    faults.push_back({"ROL-001", "answer", "/", "is larger than 256 KiB", "answer with what the schema asks for"});
    return std::nullopt;
  }
  return problem::parse_json_text(object, "answer", faults);
}

}  // namespace

Turn converse(vlm::Transport& transport, const Question& question, const Check& check, int corrections,
              int max_tokens) {
  Turn turn;
  vlm::Request request{"", transport.model(), {}, max_tokens};
  request.messages.push_back(
      {"system", fill(kSystemPrompt, {{"role", question.role.title}, {"schema", std::string(question.role.schema)}})});
  request.messages.push_back({"user", question.prompt, question.image});
  for (int attempt = 0; attempt <= corrections; ++attempt) {
    request.label = std::string(question.role.name) + ", round " + std::to_string(question.round) +
                    (attempt == 0 ? "" : ", correction " + std::to_string(attempt));
    const vlm::Reply reply = transport.ask(request);
    turn.usage += reply.usage;
    turn.status = reply.status;
    turn.message = reply.message;
    if (reply.status != vlm::Status::kOk) return turn;
    std::vector<core::Fault> faults;
    std::optional<problem::Json> answer = parse(reply.text, faults);
    if (answer) {
      for (core::Fault& fault : check(*answer)) faults.push_back(std::move(fault));
    }
    const bool better = answer ? !turn.answer || faults.size() <= turn.faults.size() : !turn.answer;
    const std::string words = faults.empty() ? "" : correction(faults, reply.finish_reason);
    if (better) {
      turn.answer = std::move(answer);
      turn.faults = std::move(faults);
    }
    if (words.empty()) return turn;
    request.messages.push_back({"assistant", reply.text.substr(0, kMaxAnswerBytes)});
    request.messages.push_back({"user", words});
  }
  return turn;
}

}  // namespace exturbo::agents
