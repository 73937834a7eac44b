// The process group of one command, and all that it started.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <sys/types.h>

namespace exturbo::command {

class ProcessGroup {
 public:
  /// Executes words[0] as the leader of a new group: in `folder`, its descriptors 0, 1 and 2 being `streams` and no
  /// others open. What leaves the group comes back to this process. On failure error() says why.
  ProcessGroup(const char* folder, char* const* words, const int (&streams)[3]);

  int error() const { return error_; }
  pid_t leader() const { return leader_; }
  /// True once the leader has ended. Its id, and so the group's, stays taken until finish().
  bool leader_ended() const;
  /// Processes that live, the leader and all that came back to this process; reaps those of the latter that ended.
  int living() const;
  /// SIGTERM to the group; SIGKILL to it and to all that left it if any is there half a second later. Returns once all
  /// are gone, or in seconds if one cannot die; the leader's wait status.
  int finish();

 private:
  bool gone_within(int milliseconds) const;

  pid_t leader_ = -1;
  int error_ = 0;
};

}  // namespace exturbo::command
