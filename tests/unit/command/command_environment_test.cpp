// What an evaluator's command may see of the environment.
// SPDX-License-Identifier: BSD-3-Clause
#include "command/command_environment.hpp"

#include <gtest/gtest.h>

using exturbo::command::command_environment;

TEST(CommandEnvironment, KeepsAllButKeys) {
  const char* const given[] = {
      "PATH=/bin", "SOME_API_KEY=a", "EXTURBO_VLM_KEY=k", "GITHUB_TOKEN=b", "client_Secret=c", "TOKENS=3", "API_KEY_FILE=/k",
      "EMPTY=",    "A=x_TOKEN",           "_TOKEN=d",       "NO_VALUE",        nullptr};
  EXPECT_EQ(command_environment(given),
            (std::vector<std::string>{"PATH=/bin", "TOKENS=3", "API_KEY_FILE=/k", "EMPTY=", "A=x_TOKEN", "NO_VALUE"}));
}
