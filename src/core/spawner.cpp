// Starts worker programs: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "spawner.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "exturbo/core/fault.hpp"

namespace exturbo::core {
namespace {

/// Descriptors from here on are none that a program is given.
constexpr int kFirstFree = 10;

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

/// The child between fork and exec: system calls only. Tells through `report` why the program did not start.
[[noreturn]] void become(char* const* arguments, char* const* environment, const std::vector<int>& descriptors,
                         pid_t parent, int report) {
  prctl(PR_SET_PDEATHSIG, SIGCONT);
  // The parent may have died before the signal was asked for.
  if (getppid() != parent) _exit(1);
  struct sigaction plain {};
  plain.sa_handler = SIG_DFL;
  for (int signal = 1; signal < NSIG; ++signal) sigaction(signal, &plain, nullptr);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  const int nowhere = fcntl(open("/dev/null", O_RDWR | O_CLOEXEC), F_DUPFD_CLOEXEC, kFirstFree);
  bool connected = nowhere >= 0;
  for (int number = 0; connected && number < static_cast<int>(descriptors.size()); ++number) {
    const int given = descriptors[static_cast<std::size_t>(number)];
    connected = dup2(given < 0 ? nowhere : given, number) == number;
  }
  if (connected) execve(arguments[0], arguments, environment);
  const int why = errno;
  const ssize_t told = write(report, &why, sizeof why);
  _exit(told == sizeof why ? 1 : 2);
}

pid_t start(Launch launch) {
  const auto refuse = [&](int why) {
    throw core::EnvironmentError("cannot start " + launch.arguments[0] + ": " + std::strerror(why));
  };
  std::array<int, 2> report{};
  if (pipe2(report.data(), O_CLOEXEC) != 0) refuse(errno);
  const int low = report[1];
  report[1] = fcntl(low, F_DUPFD_CLOEXEC, kFirstFree);
  close(low);
  const std::vector<char*> arguments = pointers(launch.arguments), environment = pointers(launch.environment);
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child == 0) become(arguments.data(), environment.data(), launch.descriptors, parent, report[1]);
  int why = errno;
  close(report[1]);
  ssize_t count = 0;
  if (child > 0) {
    while ((count = read(report[0], &why, sizeof why)) < 0 && errno == EINTR) continue;
  }
  close(report[0]);
  if (child > 0 && count == 0) return child;  // closed by exec
  if (child > 0) {
    while (waitpid(child, nullptr, 0) < 0 && errno == EINTR) continue;
  }
  refuse(why);
  return -1;
}

}  // namespace

Spawner::Spawner() : thread_([this] { serve(); }) {}

Spawner::~Spawner() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

pid_t Spawner::spawn(Launch launch) {
  std::packaged_task<pid_t()> task([&launch] { return start(std::move(launch)); });
  std::future<pid_t> result = task.get_future();
  {
    const std::lock_guard lock(mutex_);
    task_ = std::move(task);
  }
  wake_.notify_all();
  return result.get();
}

void Spawner::serve() {
  // Signals are the other threads' business, and none of the caller's handlers may run in a forked child.
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, nullptr);
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return closing_ || task_.has_value(); });
    if (!task_) return;
    std::packaged_task<pid_t()> task = std::move(*task_);
    task_.reset();
    lock.unlock();
    task();
    lock.lock();
  }
}

}  // namespace exturbo::core
