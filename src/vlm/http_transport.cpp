// Requests over HTTP with repeats: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/vlm/http_transport.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <stdexcept>
#include <thread>

#include "chat_completion.hpp"
#include "exturbo/core/random.hpp"
#include "exturbo/core/text.hpp"
#include "http_post.hpp"

namespace exturbo::vlm {
namespace {

void check(const HttpOptions& options) {
  const auto need = [](bool holds, const std::string& what) {
    if (!holds) throw std::invalid_argument("HttpOptions: " + what);
  };
  // Upper ends keep milliseconds inside a long.
  const auto in = [](double value, double low, double high) { return value >= low && value <= high; };
  need(in(options.connect_seconds, 0.001, 1e6), "connect_seconds must lie in [0.001, 1e6]");
  need(in(options.total_seconds, 0.001, 1e6), "total_seconds must lie in [0.001, 1e6]");
  need(options.max_reply_bytes > 0, "max_reply_bytes must be positive");
  need(options.attempts >= 1 && options.attempts <= 100, "attempts must lie in [1, 100]");
  for (const double seconds : {options.first_delay, options.max_delay, options.max_retry_after})
    need(in(seconds, 0, 1e6), "delays must lie in [0, 1e6]");
}

bool is_repeated(Status status) {
  return status == Status::kTimeOut || status == Status::kConnection || status == Status::kRateLimited ||
         status == Status::kServerError || status == Status::kMalformed;
}

/// What one response says; its texts are still the server's.
Reply read_response(const PostResult& response) {
  Reply reply;
  if (response.status != Status::kOk) {
    reply.status = response.status;
    reply.message = response.message;
    return reply;
  }
  if (response.code >= 200 && response.code < 300) return read_completion(response.body);
  reply.status = response.code == 408                          ? Status::kTimeOut
                 : response.code == 429                        ? Status::kRateLimited
                 : response.code >= 500                        ? Status::kServerError
                 : response.code >= 300 && response.code < 400 ? Status::kRedirected
                                                               : Status::kRefused;
  reply.message = "HTTP " + std::to_string(response.code);
  if (reply.status == Status::kRedirected) {
    reply.message += ": redirects are not followed; set EXTURBO_VLM_URL to the final address";
  } else if (const std::string text = error_text(response.body); !text.empty()) {
    reply.message += ": " + text;
  }
  return reply;
}

/// Takes the key out of everything that the server sent, and shortens what is not the answer; in this order, so that no
/// part of a key stays where a text is cut.
void make_safe(Reply& reply, const ApiKey& key) {
  constexpr std::size_t kMaxBytes = 300;
  reply.text = key.redact(std::move(reply.text));
  for (std::string* text : {&reply.message, &reply.model, &reply.finish_reason})
    *text = core::one_line(key.redact(std::move(*text)), kMaxBytes);
}

}  // namespace

HttpTransport::HttpTransport(Endpoint endpoint, HttpOptions options)
    : endpoint_(std::move(endpoint)), options_(std::move(options)) {
  check(options_);
}

void HttpTransport::pause(double seconds) const {
  if (options_.wait) return options_.wait(seconds);
  constexpr double kSlice = 0.1;
  for (double left = seconds; left > 0 && !stopped(); left -= kSlice)
    std::this_thread::sleep_for(std::chrono::duration<double>(std::min(left, kSlice)));
}

Reply HttpTransport::ask(const Request& request) {
  core::RandomStream stream(options_.rng_seed, ++asked_, core::Purpose::kBackOff);
  const PostLimits limits{options_.connect_seconds, options_.total_seconds, options_.max_reply_bytes, options_.stop};
  Reply reply;
  Usage usage;
  usage.requests = 1;
  for (bool again = true; again;) {
    const PostResult response = post(endpoint_.url, endpoint_.key, wire_text(request, limit_key_), limits);
    ++usage.attempts;
    reply = read_response(response);
    usage.prompt_tokens += reply.usage.prompt_tokens;
    usage.completion_tokens += reply.usage.completion_tokens;
    again = usage.attempts < options_.attempts;
    if (response.code == 400 && limit_key_ == "max_tokens" &&
        response.body.find("max_completion_tokens") != std::string::npos) {
      limit_key_ = "max_completion_tokens";  // newer endpoints want the bound under this name and say so
      continue;
    }
    again = again && is_repeated(reply.status);
    if (!again) break;
    const double jitter = 0.5 + 0.5 * stream.uniform();
    const double delay = std::min(options_.max_delay, options_.first_delay * std::exp2(usage.attempts - 1)) * jitter;
    if (response.retry_after > options_.max_retry_after) {
      reply.message += " (asked to wait " + std::to_string(std::lround(response.retry_after)) + " s, more than we do)";
      break;
    }
    pause(std::max(delay, response.retry_after));
    if (stopped()) {
      reply.status = Status::kStopped;
      reply.message = "stopped";
      break;
    }
  }
  usage.cost = (static_cast<double>(usage.prompt_tokens) * endpoint_.prices.prompt +
                static_cast<double>(usage.completion_tokens) * endpoint_.prices.completion) /
               1e6;
  reply.usage = usage;
  make_safe(reply, endpoint_.key);
  return reply;
}

}  // namespace exturbo::vlm
