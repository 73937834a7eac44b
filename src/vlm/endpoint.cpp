// The endpoint and its key: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/vlm/endpoint.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <optional>

#include "exturbo/core/fault.hpp"
#include "exturbo/core/text.hpp"
#include "http_post.hpp"

namespace exturbo::vlm {
namespace {

constexpr std::size_t kMaxLength = 4096;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// Printable ASCII without blanks: nothing that ends a header or hides in a message.
bool is_plain(const std::string& text) {
  return text.size() <= kMaxLength && std::all_of(text.begin(), text.end(), [](char c) { return c > 32 && c < 127; });
}

/// "host:port" of a URL, or "" if it is not of the form scheme://host[:port][/...] with scheme http or https.
std::string host_of(const std::string& url) {
  const std::string lower = core::lower_case(url);
  const std::size_t skip = lower.starts_with("https://") ? 8 : lower.starts_with("http://") ? 7 : 0;
  if (skip == 0) return "";
  return url.substr(skip, std::min(url.find_first_of("/?#", skip), url.size()) - skip);
}

/// The address of the chat completions below a base such as ".../v1".
std::string completions_url(std::string url) {
  constexpr std::string_view kPath = "/chat/completions";
  const std::size_t query = std::min(url.find('?'), url.size());
  std::string rest = url.substr(query);
  url.resize(query);
  while (url.ends_with('/')) url.pop_back();
  return (url.ends_with(kPath) ? url : url + std::string(kPath)) + rest;
}

/// "2.5,10"; zeros for an empty text, nothing for a wrong one.
std::optional<Prices> read_prices(const std::string& text) {
  if (text.empty()) return Prices{};
  Prices prices;
  const char* at = text.data();
  const char* const end = at + text.size();
  for (double* price : {&prices.prompt, &prices.completion}) {
    if (price == &prices.completion && (at == end || *at++ != ',')) return std::nullopt;
    const auto [stop, error] = std::from_chars(at, end, *price);
    if (error != std::errc{} || !(*price >= 0 && *price <= 1e6)) return std::nullopt;
    at = stop;
  }
  return at == end ? std::optional(prices) : std::nullopt;
}

}  // namespace

std::string ApiKey::redact(std::string text) const {
  constexpr std::string_view kMark = "[key]";
  if (key_.empty()) return text;
  for (std::size_t at = text.find(key_); at != std::string::npos; at = text.find(key_, at + kMark.size()))
    text.replace(at, key_.size(), kMark);
  return text;
}

Endpoint endpoint_from_environment() {
  std::vector<core::Fault> faults;
  const auto add = [&](const char* id, const char* place, const std::string& what, const std::string& hint) {
    faults.push_back({id, "environment", place, what, hint});
  };
  const std::string url = variable("EXTURBO_VLM_URL");
  const std::string model = variable("EXTURBO_VLM_MODEL");
  const std::string key = variable("EXTURBO_VLM_KEY");
  const std::string host = host_of(url);
  if (url.empty()) {
    add("VLM-001", "EXTURBO_VLM_URL", "is not set", "set it to the endpoint, such as https://host/v1");
  } else if (!is_plain(url) || host.empty() || url.find('#') != std::string::npos) {
    add("VLM-002", "EXTURBO_VLM_URL", "is no http or https URL", "write it as https://host/v1");
  } else if (host.find('@') != std::string::npos) {
    add("VLM-002", "EXTURBO_VLM_URL", "holds a user or password", "leave it out; the key goes into EXTURBO_VLM_KEY");
  }
  if (model.empty()) {
    add("VLM-003", "EXTURBO_VLM_MODEL", "is not set", "set it to the name of a model with vision");
  } else if (!is_plain(model) || model.size() > 256) {
    add("VLM-003", "EXTURBO_VLM_MODEL", "is no name of a model", "use at most 256 printable characters without blanks");
  }
  if (!is_plain(key)) {
    add("VLM-004", "EXTURBO_VLM_KEY", "holds blanks, line ends or other characters that no key has",
        "set it again, without a line end");
  }
  const std::string price_text = variable("EXTURBO_VLM_PRICES");
  const std::optional<Prices> prices = read_prices(price_text);
  if (!prices) {
    add("VLM-006", "EXTURBO_VLM_PRICES", "is not two prices from 0 to 1e6 with a comma between them",
        "write what a million prompt and a million completion tokens cost: 2.5,10");
  }
  if (!faults.empty()) throw core::InputError(std::move(faults));
  return {completions_url(url), model, ApiKey(key), *prices};
}

BridgeState bridge_state() {
  BridgeState state;
  const PostClient client = post_client();
  state.compiled_in = client.compiled_in;
  if (!client.compiled_in) {
    state.detail = client.detail;
    return state;
  }
  try {
    const Endpoint endpoint = endpoint_from_environment();
    state.usable = true;
    state.detail = client.detail + ", model " + endpoint.key.redact(endpoint.model) + " at " +
                   endpoint.key.redact(host_of(endpoint.url)) + (endpoint.key.empty() ? ", no key" : "");
  } catch (const core::InputError& error) {
    for (const core::Fault& fault : error.faults())
      state.detail += (state.detail.empty() ? "" : "; ") + fault.place + " " + fault.what;
  }
  return state;
}

}  // namespace exturbo::vlm
