// Writing to the disk: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "disk.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "exturbo/core/fault.hpp"

namespace exturbo::run {

namespace fs = std::filesystem;

std::string remedy(int error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT:
      return "; free some space there";
    case EACCES:
    case EPERM:
    case EROFS:
      return "; make the folder writable";
    case EFBIG:
      return "; allow larger files (ulimit -f)";
    case EMFILE:
    case ENFILE:
      return "; allow more open files (ulimit -n)";
    case EIO:
      return "; look after the disk";
    default:
      return "";
  }
}

void fail(const fs::path& path, const std::string& doing) { fail(path, doing, errno); }

void fail(const fs::path& path, const std::string& doing, int error) {
  throw core::EnvironmentError(path.string() + ": " + doing + ": " + std::strerror(error) + remedy(error));
}

void write_all(int descriptor, const std::string& text, const fs::path& path) {
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t written = ::write(descriptor, text.data() + done, text.size() - done);
    if (written < 0 && errno != EINTR) fail(path, "writing");
    if (written > 0) done += static_cast<std::size_t>(written);
  }
}

void remove_file(const fs::path& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) fail(path, "removing");
  sync_folder(path.parent_path());
}

void sync_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

void write_whole(const fs::path& path, const std::string& content) {
  const fs::path temporary = path.string() + ".part";
  const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (descriptor < 0) fail(temporary, "creating");
  try {
    write_all(descriptor, content, temporary);
  } catch (...) {
    ::close(descriptor);
    ::unlink(temporary.c_str());
    throw;
  }
  const bool written = ::fsync(descriptor) == 0 && ::rename(temporary.c_str(), path.c_str()) == 0;
  const int why = errno;
  ::close(descriptor);
  if (!written) {
    ::unlink(temporary.c_str());
    fail(path, "writing", why);
  }
  sync_folder(path.parent_path());
}

}  // namespace exturbo::run
