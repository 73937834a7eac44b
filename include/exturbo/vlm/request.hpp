// What is asked of a model: a conversation, with an image where there is one.
// SPDX-License-Identifier: BSD-3-Clause
//
// A request has two forms. The canonical one is what is recorded and hashed: it names an image by its size and SHA-256.
// The wire form is what an OpenAI-compatible chat-completions endpoint reads: it carries the image as a data URL.
// Neither holds a key. Text that is not UTF-8 has its bad bytes replaced in both. Pure functions.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "exturbo/vlm/image.hpp"

namespace exturbo::vlm {

struct Message {
  std::string role;  ///< "system", "user" or "assistant".
  std::string text;
  std::shared_ptr<const Image> image{};  ///< Null: none.
};

struct Request {
  std::string label;  ///< For readers of the record; neither sent nor hashed.
  std::string model;
  std::vector<Message> messages;
  int max_tokens = 4096;  ///< Of the answer.
};

/// The canonical form: keys in a fixed order, no spaces.
nlohmann::ordered_json canonical_json(const Request& request);
/// SHA-256 of the canonical form's text, in hexadecimal.
std::string request_hash(const Request& request);

/// The wire form's text. `limit_key` names the bound on tokens: endpoints differ in it.
std::string wire_text(const Request& request, const std::string& limit_key = "max_tokens");

}  // namespace exturbo::vlm
