// Bodies of responses: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "chat_completion.hpp"

#include <algorithm>
#include <cmath>

#include "problem/json_reader.hpp"

namespace exturbo::vlm {
namespace {

using problem::Json;

Reply malformed(const std::string& what) {
  Reply reply;
  reply.status = Status::kMalformed;
  reply.message = what;
  return reply;
}

/// The member at the end of a path of keys, or null where one is absent.
const Json* find(const Json& json, std::initializer_list<const char*> keys) {
  const Json* place = &json;
  for (const char* key : keys) {
    if (!place->is_object() || !place->contains(key)) return nullptr;
    place = &place->at(key);
  }
  return place;
}

std::string text_at(const Json& json, std::initializer_list<const char*> keys) {
  const Json* place = find(json, keys);
  return place != nullptr && place->is_string() ? place->get<std::string>() : "";
}

long count_at(const Json& json, std::initializer_list<const char*> keys) {
  const Json* place = find(json, keys);
  const double count = place != nullptr && place->is_number() ? place->get<double>() : 0;
  return std::isfinite(count) ? static_cast<long>(std::clamp(count, 0.0, 1e12)) : 0;
}

/// The text of a message: a string, or an array of parts of which those of type "text" count.
std::string content_text(const Json& message) {
  const Json* content = find(message, {"content"});
  if (content == nullptr || !content->is_array()) return text_at(message, {"content"});
  std::string text;
  for (const Json& part : *content) text += text_at(part, {"text"});
  return text;
}

}  // namespace

Reply read_completion(const std::string& body) {
  std::vector<core::Fault> faults;
  const auto json = problem::parse_json_text(body, "reply", faults);
  if (!json) return malformed("the reply is " + faults.at(0).what);
  const Json* choices = find(*json, {"choices"});
  if (choices == nullptr || !choices->is_array() || choices->empty()) return malformed("the reply has no choices");
  const Json& choice = choices->front();
  Reply reply;
  if (const Json* message = find(choice, {"message"})) reply.text = content_text(*message);
  if (reply.text.empty()) {
    const std::string refusal = text_at(choice, {"message", "refusal"});
    return malformed(refusal.empty() ? "the reply has no text" : "the model refused: " + refusal);
  }
  reply.model = text_at(*json, {"model"});
  reply.finish_reason = text_at(choice, {"finish_reason"});
  reply.usage.prompt_tokens = count_at(*json, {"usage", "prompt_tokens"});
  reply.usage.completion_tokens = count_at(*json, {"usage", "completion_tokens"});
  return reply;
}

std::string error_text(const std::string& body) {
  std::vector<core::Fault> faults;
  const auto json = problem::parse_json_text(body, "reply", faults);
  std::string text = json ? text_at(*json, {"error", "message"}) : "";
  if (text.empty() && json) text = text_at(*json, {"message"});
  return text.empty() ? body : text;
}

}  // namespace exturbo::vlm
