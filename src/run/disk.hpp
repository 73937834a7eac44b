// What is written to the disk so that it is there after a power cut.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <string>

namespace exturbo::run {

/// \throws core::EnvironmentError with the file, what was being done and errno's text.
[[noreturn]] void fail(const std::filesystem::path& file, const std::string& doing);

/// \throws core::EnvironmentError.
void write_all(int descriptor, const std::string& text, const std::filesystem::path& file);

/// Makes the names in a folder last.
void sync_folder(const std::filesystem::path& folder);

/// Writes a file whole: to a temporary name, synced, renamed. \throws core::EnvironmentError.
void write_whole(const std::filesystem::path& file, const std::string& content);

}  // namespace exturbo::run
