// A schematic image to show to a vision model: PNG, JPEG or SVG, told apart by its first bytes and not by its name.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace exturbo::vlm {

struct Image {
  std::string media_type;  ///< "image/png", "image/jpeg" or "image/svg+xml".
  std::string bytes;       ///< As in the file: never decoded, rendered or followed here.
};

inline constexpr std::size_t kMaxImageBytes = 8U << 20;

/// Reads the file that the user named. \throws core::InputError if it is no regular file, too large or no such image.
Image load_image(const std::filesystem::path& file);

/// "image/png", "image/jpeg", "image/svg+xml", or "" for anything else.
std::string media_type_of(std::string_view bytes);

}  // namespace exturbo::vlm
