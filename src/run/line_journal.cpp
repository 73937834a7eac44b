// Files of lines: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/run/line_journal.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <utility>

#include "disk.hpp"
#include "exturbo/core/fault.hpp"

namespace exturbo::run {

LineJournal::LineJournal(const std::filesystem::path& file) : file_(file) {
  descriptor_ = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor_ < 0) fail(file, "opening");
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    throw core::EnvironmentError(file.parent_path().string() +
                                 ": another exturbo works on this run; wait for it or stop it");
  }
  sync_folder(file.parent_path());  // its name, too, must survive a power cut
}

LineJournal::LineJournal(LineJournal&& other) noexcept { *this = std::move(other); }

LineJournal& LineJournal::operator=(LineJournal&& other) noexcept {
  std::swap(file_, other.file_);
  std::swap(descriptor_, other.descriptor_);
  std::swap(size_, other.size_);
  return *this;
}

LineJournal::~LineJournal() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void LineJournal::keep(std::uintmax_t size) {
  if (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0 || ::lseek(descriptor_, 0, SEEK_END) < 0)
    fail(file_, "cutting a torn line");
  size_ = size;
}

void LineJournal::append(const std::string& line) {
  try {
    write_all(descriptor_, line + "\n", file_);
    if (::fdatasync(descriptor_) != 0) fail(file_, "syncing");
  } catch (...) {
    // Half a line would be cut at the next start anyway; leave the file whole if we still can.
    if (::ftruncate(descriptor_, static_cast<off_t>(size_)) == 0) ::lseek(descriptor_, 0, SEEK_END);
    throw;
  }
  size_ += line.size() + 1;
}

}  // namespace exturbo::run
