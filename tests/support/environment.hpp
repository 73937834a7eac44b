// An environment variable set for the length of a test.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <stdlib.h>

#include <optional>
#include <string>

namespace exturbo::test {

class Environment {
 public:
  Environment(const char* name, const std::string& value) : Environment(name) { ::setenv(name, value.c_str(), 1); }
  /// Unset.
  explicit Environment(const char* name) : name_(name) {
    if (const char* value = ::getenv(name)) before_ = value;
    ::unsetenv(name);
  }
  ~Environment() {
    if (before_) {
      ::setenv(name_, before_->c_str(), 1);
    } else {
      ::unsetenv(name_);
    }
  }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  const char* name_;
  std::optional<std::string> before_;
};

}  // namespace exturbo::test
