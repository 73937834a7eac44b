// Requests: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/vlm/request.hpp"

#include "base64.hpp"
#include "exturbo/run/run_folder.hpp"

namespace exturbo::vlm {
namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

Json canonical_json(const Request& request) {
  Json messages = Json::array();
  for (const Message& message : request.messages) {
    Json entry{{"role", message.role}, {"text", message.text}};
    if (message.image) {
      entry["image"] = {{"media_type", message.image->media_type},
                        {"bytes", message.image->bytes.size()},
                        {"sha256", run::sha256(message.image->bytes)}};
    }
    messages.push_back(std::move(entry));
  }
  // By way of its text, so that bytes which are no UTF-8 are replaced here and not first in the record.
  return Json::parse(
      text_of({{"model", request.model}, {"max_tokens", request.max_tokens}, {"messages", std::move(messages)}}));
}

std::string request_hash(const Request& request) { return run::sha256(text_of(canonical_json(request))); }

std::string wire_text(const Request& request, const std::string& limit_key) {
  Json messages = Json::array();
  for (const Message& message : request.messages) {
    Json content = message.text;
    if (message.image) {
      const std::string url = "data:" + message.image->media_type + ";base64," + base64(message.image->bytes);
      content = Json::array(
          {{{"type", "text"}, {"text", message.text}}, {{"type", "image_url"}, {"image_url", {{"url", url}}}}});
    }
    messages.push_back({{"role", message.role}, {"content", std::move(content)}});
  }
  return text_of({{"model", request.model}, {limit_key, request.max_tokens}, {"messages", std::move(messages)}});
}

}  // namespace exturbo::vlm
