// One HTTP POST of JSON: the seam behind which the HTTP client is, or is not (no_curl.cpp).
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <atomic>
#include <cstddef>
#include <string>

#include "exturbo/vlm/endpoint.hpp"
#include "exturbo/vlm/reply.hpp"

namespace exturbo::vlm {

struct PostLimits {
  double connect_seconds = 10;
  double total_seconds = 180;
  std::size_t max_bytes = 8U << 20;
  const std::atomic<bool>* stop = nullptr;
};

struct PostResult {
  Status status = Status::kOk;  ///< kOk: an HTTP response came whole; else kTimeOut, kConnection, kTooLarge, kStopped,
                                ///< kUnavailable.
  std::string message;          ///< Where the status is not kOk.
  int code = 0;                 ///< HTTP status of the response.
  double retry_after = 0;       ///< s, of its Retry-After; 0: none.
  std::string body;
};

/// Never throws but for memory.
PostResult post(const std::string& url, const ApiKey& key, const std::string& body, const PostLimits& limits);

struct PostClient {
  bool compiled_in = false;
  std::string detail;  ///< Its version, or why there is none.
};
PostClient post_client();

}  // namespace exturbo::vlm
