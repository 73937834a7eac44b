// Enters the sandbox of a worker: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "sandbox.hpp"

#include <dirent.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace exturbo::spice {
namespace {

SandboxMechanism forbid_privileges() {
  SandboxMechanism result{"no new privileges", prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0,
                          "set-user-id programs give no rights"};
  if (!result.holds) result.detail = std::strerror(errno);
  return result;
}

/// By the list in /proc and not by close_range alone: the socket may stand anywhere.
SandboxMechanism close_descriptors(int channel) {
  SandboxMechanism result{"closed descriptors", false, "only the socket to the pool is open"};
  DIR* listing = opendir("/proc/self/fd");
  if (listing == nullptr) {
    result.detail = std::string("/proc/self/fd: ") + std::strerror(errno);
    return result;
  }
  std::vector<int> open;
  while (const dirent* entry = readdir(listing)) {
    const int descriptor = std::atoi(entry->d_name);
    if (descriptor > STDERR_FILENO && descriptor != channel && descriptor != dirfd(listing)) open.push_back(descriptor);
  }
  closedir(listing);
  for (const int descriptor : open) close(descriptor);
  result.holds = true;
  return result;
}

}  // namespace

std::vector<SandboxMechanism> enter_sandbox(const std::filesystem::path& scratch, int channel, bool allow_command) {
  std::vector<SandboxMechanism> mechanisms{forbid_privileges(), close_descriptors(channel)};
  mechanisms.push_back(allow_command ? SandboxMechanism{"landlock", false, "off: --allow-command was given"}
                                     : apply_landlock(scratch));
  mechanisms.push_back(apply_seccomp(allow_command));
  return mechanisms;
}

}  // namespace exturbo::spice
