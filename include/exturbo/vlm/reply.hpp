// What came of a request: a text, or why there is none; and what it used.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace exturbo::vlm {

enum class Status {
  kOk,
  kTimeOut,      ///< No whole reply within the limits, at any attempt.
  kConnection,   ///< No connection, or lost before the reply was whole.
  kRateLimited,  ///< 429 at every attempt, or asked to wait longer than we do.
  kServerError,  ///< 5xx at every attempt.
  kRefused,      ///< Any other HTTP status.
  kRedirected,   ///< 3xx: not followed, as the key would go elsewhere.
  kTooLarge,     ///< Larger than the limit; the rest was not read.
  kMalformed,    ///< Not the JSON of a chat completion, at any attempt.
  kStopped,      ///< The caller asked to stop.
  kUnavailable,  ///< This build has no HTTP client.
  kNotRecorded,  ///< A replay met a request that is not in its record.
};
const char* to_string(Status status);
std::optional<Status> status_of(std::string_view text);

/// Sums over requests.
struct Usage {
  int requests = 0;
  int attempts = 0;  ///< HTTP requests, repeats included.
  long prompt_tokens = 0;
  long completion_tokens = 0;
  double cost = 0;  ///< In the currency of the prices given; 0 without prices.

  Usage& operator+=(const Usage& other);
};

/// Table: kOk - text, model and finish_reason are the endpoint's; else - they are empty and `message` says why.
struct Reply {
  Status status = Status::kOk;
  std::string message;
  std::string text;
  std::string model;          ///< As the endpoint names it.
  std::string finish_reason;  ///< "stop"; "length": cut at max_tokens; ...
  Usage usage;
};

}  // namespace exturbo::vlm
