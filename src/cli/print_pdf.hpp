// A page as PDF, printed by a browser that is installed.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>

namespace exturbo::cli {

/// The program that would print: chromium, google-chrome or weasyprint of the PATH; empty if there is none.
std::filesystem::path find_printer();

/// Prints the page into `pdf`, which is replaced whole or left as it was. No shell is involved; the program is killed
/// after a minute. \throws core::EnvironmentError if there is no such program or it fails.
void print_pdf(const std::filesystem::path& page, const std::filesystem::path& pdf);

}  // namespace exturbo::cli
