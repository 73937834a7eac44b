// Starts worker programs from a thread that lives as long as they may.
// SPDX-License-Identifier: BSD-3-Clause
//
// The kernel ties the signal that tells a process of its parent's death to the thread that started it, not to the
// parent: a pool made by a thread that ends would lose its programs. So one thread of the pool's own starts them all.
// The signal is SIGCONT: it wakes a stopped program, which then sees the end of its channel, cleans up and leaves, as
// one in an endless loop does. It is set before the program is executed: there is no moment without it.
#pragma once

#include <sys/types.h>

#include <condition_variable>
#include <future>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace exturbo::core {

/// What is to be executed.
struct Launch {
  std::vector<std::string> arguments;  ///< The program's path first.
  std::vector<std::string> environment;
  /// Become the program's descriptors 0, 1, 2, ...; all of them 10 at least. -1: leads nowhere.
  std::vector<int> descriptors;
};

class Spawner {
 public:
  Spawner();
  ~Spawner();
  Spawner(const Spawner&) = delete;
  Spawner& operator=(const Spawner&) = delete;

  /// The process id of the program. \throws core::EnvironmentError if it cannot be started.
  pid_t spawn(Launch launch);

 private:
  void serve();

  std::mutex mutex_;
  std::condition_variable wake_;
  std::optional<std::packaged_task<pid_t()>> task_;
  bool closing_ = false;
  std::thread thread_;  ///< Last: it uses the others.
};

}  // namespace exturbo::core
