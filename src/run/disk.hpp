// What is written to the disk so that it is there after a power cut.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <string>

namespace exturbo::run {

/// What to do about an error of the disk (an errno): "; free some space there", or "".
std::string remedy(int error);

/// \throws core::EnvironmentError with the file, what was being done, the error's text (errno's by default), a remedy.
[[noreturn]] void fail(const std::filesystem::path& file, const std::string& doing);
[[noreturn]] void fail(const std::filesystem::path& file, const std::string& doing, int error);

/// \throws core::EnvironmentError.
void write_all(int descriptor, const std::string& text, const std::filesystem::path& file);

/// Makes the names in a folder last.
void sync_folder(const std::filesystem::path& folder);

/// Removes a file if it is there, lastingly. \throws core::EnvironmentError.
void remove_file(const std::filesystem::path& file);

/// Writes a file whole: to a temporary name, synced, renamed. \throws core::EnvironmentError.
void write_whole(const std::filesystem::path& file, const std::string& content);

}  // namespace exturbo::run
