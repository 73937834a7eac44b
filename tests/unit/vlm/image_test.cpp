// Images: told apart by their bytes.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/vlm/image.hpp"

#include <gtest/gtest.h>

#include "exturbo/core/fault.hpp"
#include "support/temporary_folder.hpp"

using namespace exturbo;
using namespace std::string_literals;

namespace {

std::string fault_of(const std::filesystem::path& file) {
  try {
    vlm::load_image(file);
    return "";
  } catch (const core::InputError& error) {
    return error.faults().at(0).id;
  }
}

}  // namespace

TEST(Image, KindIsToldByTheFirstBytesAndNotByTheName) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(vlm::load_image(folder.write("a.txt", "\x89PNG\r\n\x1a\n....")).media_type, "image/png");
  EXPECT_EQ(vlm::load_image(folder.write("b.png", "\xff\xd8\xff\xe0")).media_type, "image/jpeg");
  EXPECT_EQ(vlm::load_image(folder.write("c", "<svg xmlns='x'/>")).media_type, "image/svg+xml");
  EXPECT_EQ(vlm::load_image(folder.write("d", "\xef\xbb\xbf <?xml version='1.0'?>\n<svg/>")).media_type,
            "image/svg+xml");
}

TEST(Image, OtherFilesAreRefused) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(fault_of(folder.write("key.png", "root:x:0:0")), "VLM-005");
  EXPECT_EQ(fault_of(folder.write("page.svg", "<!DOCTYPE html><html></html>")), "VLM-005");
  EXPECT_EQ(fault_of(folder.write("empty.png", "")), "VLM-005");
  EXPECT_EQ(fault_of(folder.write("nul.svg", "<svg>\0</svg>"s)), "VLM-005");
  EXPECT_EQ(fault_of(folder.path()), "FIL-001");
  EXPECT_EQ(fault_of(folder.path() / "absent.png"), "FIL-001");
  EXPECT_EQ(fault_of("/dev/zero"), "FIL-001");
}

TEST(Image, SizeIsBounded) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(fault_of(folder.write("large.svg", "<svg>" + std::string(vlm::kMaxImageBytes, ' '))), "FIL-001");
}
