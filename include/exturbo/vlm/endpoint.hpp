// Which endpoint to ask, and the key for it: from the environment and from nowhere else.
// SPDX-License-Identifier: BSD-3-Clause
//
// EXTURBO_VLM_URL    "https://host/v1", or the whole address of its chat completions; http or https
// EXTURBO_VLM_MODEL  name of a model with vision
// EXTURBO_VLM_KEY    sent as bearer token; unset: no such header, as for a server of one's own
// EXTURBO_VLM_PRICES "2.5,10": what a million prompt and completion tokens cost; unset: costs are not told
#pragma once

#include <string>

namespace exturbo::vlm {

/// A secret. It has no stream operator and no JSON form: the only way out is reveal(), for the request's header.
class ApiKey {
 public:
  ApiKey() = default;
  explicit ApiKey(std::string key) : key_(std::move(key)) {}
  bool empty() const { return key_.empty(); }
  const std::string& reveal() const { return key_; }
  /// The text with "[key]" wherever the key stood: everything that a server sent passes through it.
  std::string redact(std::string text) const;

 private:
  std::string key_;
};

/// Per million tokens, in any currency.
struct Prices {
  double prompt = 0;
  double completion = 0;
};

struct Endpoint {
  std::string url;  ///< Of the chat completions.
  std::string model;
  ApiKey key;
  Prices prices{};
};

/// \throws core::InputError with all faults: unset, no http or https, user or password in the URL, characters that have
///         no place in a header, prices that are no two numbers.
Endpoint endpoint_from_environment();

/// Whether models can be asked. Connects to nothing.
struct BridgeState {
  bool compiled_in = false;
  bool usable = false;
  std::string detail;  ///< The client's version and the host, or why not. Never the key.
};
BridgeState bridge_state();

}  // namespace exturbo::vlm
