// A file of lines that only grows: each line is synced to the disk before the next step, and half a line is never kept.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace exturbo::run {

class LineJournal {
 public:
  LineJournal() = default;
  /// Opens the file, made if it is absent, and locks it. Not to be appended to before keep().
  /// \throws core::EnvironmentError if it cannot be opened or another process holds it.
  explicit LineJournal(const std::filesystem::path& file);

  LineJournal(LineJournal&& other) noexcept;
  LineJournal& operator=(LineJournal&& other) noexcept;
  ~LineJournal();

  /// Cuts the file to its first `size` bytes. \throws core::EnvironmentError.
  void keep(std::uintmax_t size);
  /// Appends a line, given without its end. \throws core::EnvironmentError (disk full, ...): it is then not there.
  void append(const std::string& line);

 private:
  std::filesystem::path file_;
  int descriptor_ = -1;
  std::uintmax_t size_ = 0;
};

}  // namespace exturbo::run
