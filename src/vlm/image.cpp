// Schematic images: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/vlm/image.hpp"

#include "exturbo/core/fault.hpp"
#include "problem/json_reader.hpp"

namespace exturbo::vlm {

std::string media_type_of(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\x89PNG\r\n\x1a\n"sv)) return "image/png";
  if (bytes.starts_with("\xff\xd8\xff"sv)) return "image/jpeg";
  if (bytes.starts_with("\xef\xbb\xbf"sv)) bytes.remove_prefix(3);
  bytes.remove_prefix(std::min(bytes.size(), bytes.find_first_not_of(" \t\r\n")));
  const bool markup = bytes.starts_with("<?xml") || bytes.starts_with("<!") || bytes.starts_with("<svg");
  if (markup && bytes.find("<svg") != bytes.npos && bytes.find('\0') == bytes.npos) return "image/svg+xml";
  return "";
}

Image load_image(const std::filesystem::path& file) {
  std::vector<core::Fault> faults;
  auto bytes = problem::read_text_file(file, faults, kMaxImageBytes);
  if (!bytes) throw core::InputError(std::move(faults));
  Image image{media_type_of(*bytes), std::move(*bytes)};
  if (image.media_type.empty()) {
    throw core::InputError(
        {{"VLM-005", file.string(), "", "is no PNG, JPEG or SVG image", "export the schematic as one of them"}});
  }
  return image;
}

}  // namespace exturbo::vlm
