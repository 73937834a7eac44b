// The scratch folder of a pool, one per pool, and what dead pools left.
// SPDX-License-Identifier: BSD-3-Clause
//
// A pool holds a lock on a file of its folder for as long as it lives. Whoever can take that lock finds the pool dead
// and may remove the folder: the last worker to leave, or the next pool that starts.
#pragma once

#include <filesystem>

namespace exturbo::spice {

/// The lock's name in the pool's folder.
constexpr const char* kPoolLock = "lock";

class ScratchFolder {
 public:
  /// Removes the folders of dead pools of the same user, then makes a new one in the folder for temporary files.
  /// \throws core::EnvironmentError if none can be made there.
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  bool try_make(const std::filesystem::path& place);

  std::filesystem::path path_;
  int lock_ = -1;
};

/// Removes a pool's folder with all in it unless the pool lives. True if it was removed.
bool remove_if_abandoned(const std::filesystem::path& folder);

}  // namespace exturbo::spice
