// Landlock: which files a worker may touch. See sandbox.hpp.
// SPDX-License-Identifier: BSD-3-Clause
//
// Raw system calls: the C library has no wrappers. The kernel's version decides at run time what can be refused.
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>

#include "sandbox.hpp"
#include "scratch_folder.hpp"

namespace exturbo::spice {
namespace {

constexpr std::uint64_t kRights1 = (std::uint64_t{1} << 13) - 1;  ///< All of the first version.
constexpr std::uint64_t kRefer = std::uint64_t{1} << 13;          ///< Version 2: links and renames between folders.
constexpr std::uint64_t kTruncate = std::uint64_t{1} << 14;       ///< Version 3.
constexpr std::uint64_t kDevices = std::uint64_t{1} << 15;        ///< Version 5: ioctl of devices.

/// Missing paths are no failure: what is not there cannot be touched.
void allow(int rules, const std::filesystem::path& path, std::uint64_t rights) {
  const int place = open(path.c_str(), O_PATH | O_CLOEXEC);
  if (place < 0) return;
  landlock_path_beneath_attr rule{};
  rule.allowed_access = rights;
  rule.parent_fd = place;
  syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  close(place);
}

}  // namespace

SandboxMechanism apply_landlock(const std::filesystem::path& scratch) {
  SandboxMechanism result{"landlock", false, ""};
  const long version = syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (version < 1) {
    result.detail = std::string("the kernel has it not, or not switched on (") + std::strerror(errno) +
                    "); Linux 5.13 or later with landlock among its security modules has";
    return result;
  }
  std::uint64_t handled = kRights1;
  if (version >= 2) handled |= kRefer;
  if (version >= 3) handled |= kTruncate;
  if (version >= 5) handled |= kDevices;
  landlock_ruleset_attr attributes{};
  attributes.handled_access_fs = handled;
  const int rules =
      static_cast<int>(syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes.handled_access_fs, 0));
  if (rules < 0) {
    result.detail = std::strerror(errno);
    return result;
  }
  const std::uint64_t read = LANDLOCK_ACCESS_FS_READ_FILE;
  const std::uint64_t write = LANDLOCK_ACCESS_FS_WRITE_FILE | (handled & kTruncate);
  const std::uint64_t scratch_rights = read | write | LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                                       LANDLOCK_ACCESS_FS_MAKE_SYM | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                                       LANDLOCK_ACCESS_FS_REMOVE_DIR;
  allow(rules, scratch, scratch_rights);
  // A worker whose pool was killed finds that out by the pool's lock and removes the pool's folder
  // (scratch_folder.hpp). It stands among others' folders: of those it may remove empty ones, a right that cannot be
  // had for a single folder.
  const std::filesystem::path pool = scratch.parent_path();
  allow(rules, pool, LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR);
  allow(rules, pool / kPoolLock, read | write);
  allow(rules, pool.parent_path(), LANDLOCK_ACCESS_FS_REMOVE_DIR);
  allow(rules, "/dev/null", read | write);
  allow(rules, "/proc/self", read | LANDLOCK_ACCESS_FS_READ_DIR);  // memory use
  allow(rules, "/proc/meminfo", read);
  result.holds = syscall(SYS_landlock_restrict_self, rules, 0) == 0;
  result.detail = result.holds ? "version " + std::to_string(version) + ", no file but those of the scratch folder"
                               : std::strerror(errno);
  close(rules);
  return result;
}

}  // namespace exturbo::spice
