// Where the endpoint and its key come from, and where the key does not go.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/vlm/endpoint.hpp"

#include <gtest/gtest.h>

#include "exturbo/core/fault.hpp"
#include "support/environment.hpp"

using namespace exturbo;
using test::Environment;

namespace {

const std::string kKey = "sk-test-0123456789abcdef";

/// Message of the faults that these settings make, or "".
std::string refusal(const std::string& url, const std::string& model, const std::string& key) {
  const Environment set_url("EXTURBO_VLM_URL", url);
  const Environment set_model("EXTURBO_VLM_MODEL", model);
  const Environment set_key("EXTURBO_VLM_KEY", key);
  try {
    vlm::endpoint_from_environment();
    return "";
  } catch (const core::InputError& error) {
    return error.what();
  }
}

std::string address(const std::string& url) {
  const Environment set_url("EXTURBO_VLM_URL", url);
  const Environment set_model("EXTURBO_VLM_MODEL", "m");
  const Environment set_key("EXTURBO_VLM_KEY");
  return vlm::endpoint_from_environment().url;
}

}  // namespace

TEST(Endpoint, IsTheChatCompletionsBelowTheBase) {
  EXPECT_EQ(address("https://host/v1"), "https://host/v1/chat/completions");
  EXPECT_EQ(address("https://host/v1/"), "https://host/v1/chat/completions");
  EXPECT_EQ(address("HTTP://host:8000/v1/chat/completions"), "HTTP://host:8000/v1/chat/completions");
  EXPECT_EQ(address("https://host/x?version=2"), "https://host/x/chat/completions?version=2");
}

TEST(Endpoint, RefusesWhatIsNoPlainHttpUrl) {
  for (const char* url : {"file:///etc/passwd", "ftp://host/v1", "host/v1", "https://", "gopher://host", "http:///v1",
                          "https://host/ v1", "https://ho\nst/v1", "https://host/v1#x", "https://user:word@host/v1"})
    EXPECT_NE(refusal(url, "m", kKey).find("VLM-002"), std::string::npos) << url;
}

TEST(Endpoint, NamesEveryFaultAndNeverTheKey) {
  const std::string all = refusal("", "two words", kKey + "\r\nX-Other: 1");
  for (const char* id : {"VLM-001", "VLM-003", "VLM-004"}) EXPECT_NE(all.find(id), std::string::npos) << all;
  EXPECT_EQ(all.find(kKey), std::string::npos) << all;
  EXPECT_EQ(refusal("https://host/v1", "m", kKey), "");
  EXPECT_EQ(refusal("https://host/v1", "m", ""), "");
}

TEST(Endpoint, TakesPricesAndRefusesWhatIsNone) {
  const Environment url("EXTURBO_VLM_URL", "https://host/v1");
  const Environment model("EXTURBO_VLM_MODEL", "m");
  const Environment key("EXTURBO_VLM_KEY");
  {
    const Environment prices("EXTURBO_VLM_PRICES", "2.5,10");
    EXPECT_EQ(vlm::endpoint_from_environment().prices.prompt, 2.5);
    EXPECT_EQ(vlm::endpoint_from_environment().prices.completion, 10);
  }
  {
    const Environment prices("EXTURBO_VLM_PRICES");
    EXPECT_EQ(vlm::endpoint_from_environment().prices.prompt, 0);
  }
  for (const char* text : {"2.5", "2.5,", ",10", "a,b", "1,2,3", "-1,2", "nan,1", "1,inf", "1e9,1", "1, 2"}) {
    const Environment prices("EXTURBO_VLM_PRICES", text);
    EXPECT_NE(refusal("https://host/v1", "m", "").find("VLM-006"), std::string::npos) << text;
  }
}

TEST(ApiKey, IsTakenOutOfTextWhereverItStands) {
  const vlm::ApiKey key("abc");
  EXPECT_EQ(key.redact("abc xabcabcx ab"), "[key] x[key][key]x ab");
  EXPECT_EQ(vlm::ApiKey().redact("abc"), "abc");
}

TEST(BridgeState, SaysWhyItIsNotUsable) {
  const Environment url("EXTURBO_VLM_URL");
  const Environment model("EXTURBO_VLM_MODEL", "m");
  const vlm::BridgeState state = vlm::bridge_state();
  EXPECT_FALSE(state.usable);
  EXPECT_EQ(state.compiled_in, state.detail == "EXTURBO_VLM_URL is not set") << state.detail;
}

TEST(BridgeState, DoesNotShowTheKeyEvenFromTheUrlOrModel) {
  const Environment url("EXTURBO_VLM_URL", "https://" + kKey + ".host/v1?key=" + kKey);
  const Environment model("EXTURBO_VLM_MODEL", kKey);
  const Environment key("EXTURBO_VLM_KEY", kKey);
  EXPECT_EQ(vlm::bridge_state().detail.find(kKey), std::string::npos);
}
