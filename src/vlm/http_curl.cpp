// The HTTP client by libcurl.
// SPDX-License-Identifier: BSD-3-Clause
#include <curl/curl.h>

#include <memory>
#include <new>

#include "http_post.hpp"

namespace exturbo::vlm {
namespace {

constexpr std::size_t kMaxHeaderBytes = 256U << 10;

/// What the callbacks share; none of them lets an exception through libcurl.
struct Transfer {
  const PostLimits* limits;
  PostResult* result;
  std::size_t header_bytes = 0;
  bool too_large = false;
  bool stopped = false;
};

std::size_t take_body(char* bytes, std::size_t, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  try {
    transfer.too_large = transfer.result->body.size() + count > transfer.limits->max_bytes;
    if (transfer.too_large) return 0;
    transfer.result->body.append(bytes, count);
    return count;
  } catch (const std::bad_alloc&) {
    transfer.too_large = true;
    return 0;
  }
}

std::size_t take_header(char*, std::size_t, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  transfer.header_bytes += count;
  transfer.too_large = transfer.header_bytes > kMaxHeaderBytes;
  return transfer.too_large ? 0 : count;
}

int look_for_stop(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  auto& transfer = *static_cast<Transfer*>(user);
  transfer.stopped = transfer.limits->stop != nullptr && *transfer.limits->stop;
  return transfer.stopped ? 1 : 0;
}

struct ListDeleter {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, ListDeleter>;

List headers(const ApiKey& key) {
  List list(curl_slist_append(nullptr, "Content-Type: application/json"));
  const auto add = [&](const std::string& header) {
    curl_slist* longer = curl_slist_append(list.get(), header.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    list.release();
    list.reset(longer);
  };
  add("Accept: application/json");
  add("Expect:");  // no round trip to ask whether the body may come
  if (!key.empty()) add("Authorization: Bearer " + key.reveal());
  return list;
}

void set_options(CURL* curl, const PostLimits& limits) {
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect_seconds * 1000));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.total_seconds * 1000));
  curl_easy_setopt(curl, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(limits.max_bytes));
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "exturbo");
}

Status status_of(CURLcode code, const Transfer& transfer) {
  if (transfer.stopped) return Status::kStopped;
  if (transfer.too_large || code == CURLE_FILESIZE_EXCEEDED) return Status::kTooLarge;
  if (code == CURLE_OPERATION_TIMEDOUT) return Status::kTimeOut;
  return code == CURLE_OK ? Status::kOk : Status::kConnection;
}

}  // namespace

PostResult post(const std::string& url, const ApiKey& key, const std::string& body, const PostLimits& limits) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  PostResult result;
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), &curl_easy_cleanup);
  if (ready != CURLE_OK || !curl) {
    result.status = Status::kUnavailable;
    result.message = "libcurl does not start";
    return result;
  }
  const List list = headers(key);
  Transfer transfer{&limits, &result};
  set_options(curl.get(), limits);
  curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, list.get());
  curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, body.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, &take_body);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(curl.get(), CURLOPT_HEADERFUNCTION, &take_header);
  curl_easy_setopt(curl.get(), CURLOPT_HEADERDATA, &transfer);
  curl_easy_setopt(curl.get(), CURLOPT_XFERINFOFUNCTION, &look_for_stop);
  curl_easy_setopt(curl.get(), CURLOPT_XFERINFODATA, &transfer);
  curl_easy_setopt(curl.get(), CURLOPT_NOPROGRESS, 0L);
  const CURLcode code = curl_easy_perform(curl.get());
  result.status = status_of(code, transfer);
  if (result.status == Status::kTooLarge) {
    result.message = "the reply is larger than " + std::to_string(limits.max_bytes) + " bytes";
  } else if (result.status == Status::kStopped) {
    result.message = "stopped";
  } else if (result.status != Status::kOk) {
    result.message = curl_easy_strerror(code);
  }
  if (result.status != Status::kOk) {
    result.body.clear();
    return result;
  }
  long http = 0;
  curl_off_t after = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &http);
  curl_easy_getinfo(curl.get(), CURLINFO_RETRY_AFTER, &after);
  result.code = static_cast<int>(http);
  result.retry_after = static_cast<double>(after);
  return result;
}

PostClient post_client() { return {true, "libcurl " + std::string(curl_version_info(CURLVERSION_NOW)->version)}; }

}  // namespace exturbo::vlm
