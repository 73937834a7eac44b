// One worker process as the pool sees it: started, written to, read from, killed, reaped.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/spawner.hpp"
#include "worker_death.hpp"

namespace exturbo::spice {

class WorkerProcess {
 public:
  /// Starts the program with `scratch` (made here) as its folder and `more` arguments.
  /// \throws core::EnvironmentError if it cannot be started.
  WorkerProcess(core::Spawner& spawner, const std::filesystem::path& program, std::filesystem::path scratch,
                const std::vector<std::string>& more);
  /// Kills, reaps, removes the scratch folder.
  ~WorkerProcess();
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;

  /// Queues a line and sends what the socket takes.
  void send_line(const std::string& line);
  /// Sends more of what is queued.
  void flush();
  bool wants_to_write() const { return !outgoing_.empty(); }
  /// Reads what is there. False once the worker is gone.
  bool receive();
  /// A whole line that was received, or nothing.
  std::optional<std::string> next_line();
  /// Ends it if it has not ended and tells how it did.
  WorkerDeath reap();
  /// Stopped by a signal and not continued.
  bool is_stopped() const;
  std::uint64_t resident_bytes() const;
  int channel() const { return channel_; }
  pid_t pid() const { return pid_; }

 private:
  pid_t pid_ = -1;
  int channel_ = -1;
  std::filesystem::path scratch_;
  std::string outgoing_;
  std::string incoming_;
};

}  // namespace exturbo::spice
