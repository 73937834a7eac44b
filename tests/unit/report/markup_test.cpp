// Claims about escaping.
// SPDX-License-Identifier: BSD-3-Clause
#include "markup.hpp"

#include <gtest/gtest.h>

#include "page_files.hpp"
#include "support/tag_balance.hpp"

namespace exturbo::report::test {
namespace {

const std::string kUnknown = "\xEF\xBF\xBD";

TEST(EscapeHtml, LeavesNoMarkup) {
  EXPECT_EQ(escape_html("<a href=\"x\">'&'"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;");
}

TEST(EscapeHtml, KeepsWellFormedText) { EXPECT_EQ(escape_html("µm Ω ≥ 𝛽\n"), "µm Ω ≥ 𝛽\n"); }

TEST(EscapeHtml, ReplacesWhatXmlForbids) {
  EXPECT_EQ(escape_html(std::string("a\0b", 3)), "a" + kUnknown + "b");
  EXPECT_EQ(escape_html("\x1b[31m"), kUnknown + "[31m");
  EXPECT_EQ(escape_html("\xEF\xBF\xBE"), kUnknown) << "non-character";
}

TEST(EscapeHtml, ReplacesBrokenUtf8ByteByByte) {
  EXPECT_EQ(escape_html("\xC3"), kUnknown);
  EXPECT_EQ(escape_html("\xC0\xBC"), kUnknown + kUnknown) << "overlong <";
  EXPECT_EQ(escape_html("\xE0\x80\xBC"), kUnknown + kUnknown + kUnknown) << "overlong <";
  EXPECT_EQ(escape_html("\xED\xA0\x80"), kUnknown + kUnknown + kUnknown) << "surrogate";
  EXPECT_EQ(escape_html("\xF4\x90\x80\x80"), kUnknown + kUnknown + kUnknown + kUnknown) << "beyond U+10FFFF";
}

TEST(EscapeHtml, ReplacesCharactersThatReorderText) {
  EXPECT_EQ(escape_html("\xE2\x80\xAE\xE2\x81\xA6"), kUnknown + kUnknown);
}

TEST(Shorten, CutsBetweenCharacters) {
  EXPECT_EQ(shorten("µµµ", 3), "µ…");
  EXPECT_EQ(shorten("abc", 3), "abc");
}

TEST(HtmlTable, WithoutRowsIsNothing) { EXPECT_EQ(html_table({"caption", {{"a"}}, {}}), ""); }

TEST(PageTemplate, IsWellFormed) { EXPECT_EQ(markup_fault(std::string(kPageTemplate)), ""); }

TEST(PageStyle, NeedsNoFileAndNoNetwork) {
  for (const char* part : {"url(", "@import", "@font-face", "http", "</"})
    EXPECT_EQ(kPageStyle.find(part), std::string_view::npos) << part;
}

}  // namespace
}  // namespace exturbo::report::test
