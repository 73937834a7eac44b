// The HTTP client of a build without libcurl: there is none.
// SPDX-License-Identifier: BSD-3-Clause
#include "http_post.hpp"

namespace exturbo::vlm {

PostResult post(const std::string&, const ApiKey&, const std::string&, const PostLimits&) {
  PostResult result;
  result.status = Status::kUnavailable;
  result.message = post_client().detail;
  return result;
}

PostClient post_client() { return {false, "built without libcurl (install libcurl4-openssl-dev and configure again)"}; }

}  // namespace exturbo::vlm
