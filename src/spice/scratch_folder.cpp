// The scratch folder of a pool: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "scratch_folder.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "exturbo/core/fault.hpp"

namespace exturbo::spice {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPrefix = "exturbo-pool-";
constexpr int kTries = 100;

/// Opens and locks a file; negative if it is absent or another process holds it.
int lock(const fs::path& file, int flags) {
  const int descriptor = open(file.c_str(), flags | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) == 0) return descriptor;
  if (descriptor >= 0) close(descriptor);
  return -1;
}

/// Links in it are removed as links. The library unlinks the emptied folder before it tries to remove it as a folder; a
/// worker's sandbox refuses the first and the library then gives up.
void remove_folder(const fs::path& folder) {
  std::error_code ignored;
  fs::remove_all(folder, ignored);
  rmdir(folder.c_str());
}

void sweep(const fs::path& place) {
  std::error_code error;
  for (fs::directory_iterator entry(place, error), end; !error && entry != end; entry.increment(error)) {
    struct stat info {};
    const bool ours = entry->path().filename().string().starts_with(kPrefix) &&
                      lstat(entry->path().c_str(), &info) == 0 && S_ISDIR(info.st_mode) && info.st_uid == geteuid();
    // An empty one: its pool died before it made the lock. A living pool in that moment makes itself another.
    if (ours && !remove_if_abandoned(entry->path())) rmdir(entry->path().c_str());
  }
}

}  // namespace

ScratchFolder::ScratchFolder() {
  std::error_code error;
  const fs::path place = fs::temp_directory_path(error);
  if (error) throw core::EnvironmentError("no folder for scratch files; set TMPDIR to one that can be written");
  sweep(place);
  for (int i = 0; i < kTries; ++i) {
    if (try_make(place)) return;
  }
  throw core::EnvironmentError(place.string() + ": cannot make a scratch folder: " + std::strerror(errno) +
                               "; free some space or set TMPDIR to a folder that can be written");
}

bool ScratchFolder::try_make(const fs::path& place) {
  std::string name = (place / (std::string(kPrefix) + "XXXXXX")).string();
  if (mkdtemp(name.data()) == nullptr) return false;
  path_ = name;
  lock_ = lock(path_ / kPoolLock, O_CREAT);
  struct stat info {};
  // A sweeper may have taken the folder between the two steps, or hold a lock file that it is about to remove.
  if (lock_ >= 0 && fstat(lock_, &info) == 0 && info.st_nlink > 0) return true;
  const int why = errno;
  if (lock_ >= 0) close(lock_);
  lock_ = -1;
  remove_folder(path_);
  errno = why;
  return false;
}

ScratchFolder::~ScratchFolder() {
  remove_folder(path_);
  if (lock_ >= 0) close(lock_);
}

bool remove_if_abandoned(const fs::path& folder) {
  const int descriptor = lock(folder / kPoolLock, 0);
  if (descriptor < 0) return false;
  remove_folder(folder);
  close(descriptor);
  return true;
}

}  // namespace exturbo::spice
