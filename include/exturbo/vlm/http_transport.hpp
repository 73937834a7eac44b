// Asks an OpenAI-compatible chat-completions endpoint over HTTP, with repeats where they can help.
// SPDX-License-Identifier: BSD-3-Clause
//
// Repeated: 429, 5xx, time-outs, lost connections, replies that are no whole JSON. Not repeated: other statuses,
// redirects, replies over the size limit. The k-th repeat waits first_delay * 2^(k-1), at most max_delay, times a
// uniform number in [0.5, 1] of a stream named by (rng_seed, number of the request): the same run waits the same. A
// Retry-After takes its place where it is longer; over max_retry_after the request is given up.
//
// The key goes into one header of one connection. Only http and https; no redirect is followed; .netrc is not read;
// a proxy is used only where the environment names one (https_proxy and its kin).
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>

#include "exturbo/vlm/endpoint.hpp"
#include "exturbo/vlm/transport.hpp"

namespace exturbo::vlm {

struct HttpOptions {
  double connect_seconds = 10;  ///< For the connection, at each attempt.
  double total_seconds = 180;   ///< For a whole attempt.
  std::size_t max_reply_bytes = 8U << 20;
  int attempts = 4;  ///< At least 1.
  double first_delay = 1;
  double max_delay = 30;
  double max_retry_after = 60;
  std::uint64_t rng_seed = 1;
  const std::atomic<bool>* stop = nullptr;  ///< Set it to stop soon.
  std::function<void(double)> wait{};       ///< Waits that many seconds; none: sleeps, and wakes for `stop`.
};

class HttpTransport : public Transport {
 public:
  /// \throws std::invalid_argument naming an option that makes no sense.
  HttpTransport(Endpoint endpoint, HttpOptions options);
  std::string model() const override { return endpoint_.model; }
  Reply ask(const Request& request) override;

 private:
  void pause(double seconds) const;
  bool stopped() const { return options_.stop != nullptr && *options_.stop; }

  Endpoint endpoint_;
  HttpOptions options_;
  std::string limit_key_ = "max_tokens";
  std::uint64_t asked_ = 0;
};

}  // namespace exturbo::vlm
