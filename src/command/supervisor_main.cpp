// exturbo-supervisor: runs an evaluator's command in a process group of its own and ends the group when it is told to,
// when the command ends, or when the program that asked for it is gone, however that ended.
// SPDX-License-Identifier: BSD-3-Clause
//
// A process of its own, since nothing in that program outlives its SIGKILL, and the parent-death signal of the kernel
// reaches no grandchild and leaves with the thread that started the child.
//
// Arguments: folder, then the command. Descriptor 0: a socket to that program; its end, or anything sent on it, means
// finish. 3, 4 and 5: what the command gets as 0, 1 and 2. Tells on the socket "started PID" or "refused ERRNO", and
// before it leaves "ended STATUS" (of wait(2)).
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <string>

#include "process_group.hpp"

namespace {

constexpr int kFirstFree = 10;

void tell(int control, const std::string& what) {
  const std::string line = what + "\n";
  // Where nobody listens any more nothing is lost.
  [[maybe_unused]] const ssize_t sent = send(control, line.data(), line.size(), MSG_NOSIGNAL);
}

}  // namespace

int main(int count, char** words) {
  if (count < 3) {
    std::fputs("exturbo-supervisor is started by exturbo and watches an evaluator's command.\n", stderr);
    return 2;
  }
  // Signals to the group of that program, a closed terminal's included, are not meant for this one: its socket tells.
  setsid();
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE}) std::signal(signal, SIG_IGN);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGCHLD);
  sigprocmask(SIG_BLOCK, &ends, nullptr);
  const int deaths = signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK);
  const int control = fcntl(0, F_DUPFD_CLOEXEC, kFirstFree);
  if (deaths < 0 || control < 0) return 1;

  const int streams[3] = {3, 4, 5};
  exturbo::command::ProcessGroup group(words[1], words + 2, streams);
  for (const int stream : streams) close(stream);
  close(0);
  if (group.error() != 0) {
    tell(control, "refused " + std::to_string(group.error()));
    return 1;
  }
  tell(control, "started " + std::to_string(group.leader()));
  while (group.living() > 0 && !group.leader_ended()) {
    pollfd waits[2] = {{control, POLLIN | POLLRDHUP, 0}, {deaths, POLLIN, 0}};
    if (poll(waits, 2, -1) < 0) continue;
    if (waits[0].revents != 0) break;
    signalfd_siginfo death;
    while (read(deaths, &death, sizeof death) > 0) continue;
  }
  tell(control, "ended " + std::to_string(group.finish()));
  return 0;
}
