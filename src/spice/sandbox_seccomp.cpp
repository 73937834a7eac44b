// Seccomp: which system calls a worker may make. See sandbox.hpp.
// SPDX-License-Identifier: BSD-3-Clause
#include <sched.h>
#include <seccomp.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "sandbox.hpp"

namespace exturbo::spice {
namespace {

/// Never needed, not even by a deck that may run commands.
constexpr const char* kNever[] = {"socket",
                                  "socketpair",
                                  "connect",
                                  "bind",
                                  "listen",
                                  "accept",
                                  "accept4",
                                  "ptrace",
                                  "process_vm_readv",
                                  "process_vm_writev",
                                  "process_madvise",
                                  "kcmp",
                                  "mount",
                                  "umount2",
                                  "pivot_root",
                                  "chroot",
                                  "unshare",
                                  "setns",
                                  "open_tree",
                                  "move_mount",
                                  "fsopen",
                                  "fsconfig",
                                  "fsmount",
                                  "fspick",
                                  "mount_setattr",
                                  "init_module",
                                  "finit_module",
                                  "delete_module",
                                  "bpf",
                                  "perf_event_open",
                                  "userfaultfd",
                                  "add_key",
                                  "request_key",
                                  "keyctl",
                                  "io_uring_setup",
                                  "io_uring_enter",
                                  "kexec_load",
                                  "kexec_file_load",
                                  "reboot",
                                  "swapon",
                                  "swapoff",
                                  "sethostname",
                                  "settimeofday",
                                  "clock_settime",
                                  "adjtimex",
                                  "mknod",
                                  "mknodat",
                                  "name_to_handle_at",
                                  "open_by_handle_at",
                                  "pidfd_getfd",
                                  "acct",
                                  "quotactl",
                                  "syslog",
                                  "personality"};

/// What starts programs and changes files in ways that Landlock does not see, and reaches other processes.
constexpr const char* kCommands[] = {"execve",
                                     "execveat",
                                     "fork",
                                     "vfork",
                                     "chmod",
                                     "fchmod",
                                     "fchmodat",
                                     "chown",
                                     "fchown",
                                     "lchown",
                                     "fchownat",
                                     "setxattr",
                                     "lsetxattr",
                                     "fsetxattr",
                                     "removexattr",
                                     "lremovexattr",
                                     "utime",
                                     "utimes",
                                     "utimensat",
                                     "futimesat",
                                     "fremovexattr",
                                     "shmget",
                                     "shmat",
                                     "msgget",
                                     "semget",
                                     "mq_open",
                                     "pidfd_open",
                                     "pidfd_send_signal",
                                     "rt_sigqueueinfo",
                                     "rt_tgsigqueueinfo",
                                     "setpriority",
                                     "setpgid",
                                     "setsid",
                                     "tkill",
                                     "sched_setaffinity"};

/// A call that the running kernel or the library does not know cannot be made by its name and needs no rule.
int deny(scmp_filter_ctx filter, const char* name) {
  const int number = seccomp_syscall_resolve_name(name);
  return number == __NR_SCMP_ERROR ? 0 : seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), number, 0);
}

int deny_commands(scmp_filter_ctx filter) {
  int failed = 0;
  for (const char* name : kCommands) failed |= deny(filter, name);
  const auto self = static_cast<scmp_datum_t>(getpid());
  // Threads share the flag; a new process lacks it. clone3 hides its flags: the C library falls back to clone.
  failed |=
      seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
  failed |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
  failed |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(kill), 1, SCMP_A0(SCMP_CMP_NE, self));
  failed |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(tgkill), 1, SCMP_A0(SCMP_CMP_NE, self));
  return failed;
}

}  // namespace

SandboxMechanism apply_seccomp(bool allow_command) {
  SandboxMechanism result{"seccomp", false, ""};
  const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  if (filter == nullptr) {
    result.detail = "libseccomp makes no filter";
    return result;
  }
  int failed = 0;
  for (const char* name : kNever) failed |= deny(filter, name);
  if (!allow_command) failed |= deny_commands(filter);
  if (failed == 0) failed = seccomp_load(filter);
  seccomp_release(filter);
  result.holds = failed == 0;
  result.detail = !result.holds   ? std::string("the kernel refuses the filter: ") + std::strerror(-failed)
                  : allow_command ? "no sockets, tracing, mounts; programs are left to the deck (--allow-command)"
                                  : "no programs, processes, sockets, tracing, mounts, signals to others";
  return result;
}

}  // namespace exturbo::spice
