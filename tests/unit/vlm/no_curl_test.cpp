// A build without libcurl says so and fails no other way.
// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include "exturbo/vlm/http_transport.hpp"

using namespace exturbo;

TEST(NoCurl, EveryRequestIsUnavailableAndSaysWhy) {
  vlm::HttpTransport transport({"https://host/v1", "m", vlm::ApiKey("k")}, {});
  const vlm::Reply reply = transport.ask({"", "m", {{"user", "text"}}, 10});
  EXPECT_EQ(reply.status, vlm::Status::kUnavailable);
  EXPECT_NE(reply.message.find("without libcurl"), std::string::npos);
  EXPECT_FALSE(vlm::bridge_state().compiled_in);
  EXPECT_FALSE(vlm::bridge_state().usable);
}
