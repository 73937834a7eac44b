// Replies: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/vlm/reply.hpp"

#include <array>
#include <utility>

namespace exturbo::vlm {
namespace {

constexpr std::array<std::pair<Status, const char*>, 12> kNames{{{Status::kOk, "ok"},
                                                                 {Status::kTimeOut, "time_out"},
                                                                 {Status::kConnection, "connection"},
                                                                 {Status::kRateLimited, "rate_limited"},
                                                                 {Status::kServerError, "server_error"},
                                                                 {Status::kRefused, "refused"},
                                                                 {Status::kRedirected, "redirected"},
                                                                 {Status::kTooLarge, "too_large"},
                                                                 {Status::kMalformed, "malformed"},
                                                                 {Status::kStopped, "stopped"},
                                                                 {Status::kUnavailable, "unavailable"},
                                                                 {Status::kNotRecorded, "not_recorded"}}};

}  // namespace

const char* to_string(Status status) {
  for (const auto& [value, name] : kNames) {
    if (value == status) return name;
  }
  return "";
}

std::optional<Status> status_of(std::string_view text) {
  for (const auto& [value, name] : kNames) {
    if (text == name) return value;
  }
  return std::nullopt;
}

Usage& Usage::operator+=(const Usage& other) {
  requests += other.requests;
  attempts += other.attempts;
  prompt_tokens += other.prompt_tokens;
  completion_tokens += other.completion_tokens;
  cost += other.cost;
  return *this;
}

}  // namespace exturbo::vlm
