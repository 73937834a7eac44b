// Seconds that this process was awake to see.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <chrono>

namespace exturbo::core {

/// Limits are told by it: a process that was stopped and continued, or whose clock jumped, has not waited. Between two
/// looks no more time counts than was to be expected, plus a second.
class AwakeClock {
 public:
  double now() {
    const auto time = std::chrono::steady_clock::now();
    const double passed = std::chrono::duration<double>(time - last_).count();
    last_ = time;
    seconds_ += std::clamp(passed, 0.0, expected_ + kSlack);
    expected_ = 0;
    return seconds_;
  }
  /// The next look may come that much later.
  void expect(double seconds) { expected_ = seconds; }

 private:
  static constexpr double kSlack = 1;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
  double seconds_ = 0;
  double expected_ = 0;
};

}  // namespace exturbo::core
