// Renders the parts of a section: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "parts.hpp"

namespace exturbo::report {
namespace {

struct AsHtml {
  std::string operator()(const Heading& heading) const { return "<h3>" + escape_html(heading.text) + "</h3>\n"; }
  std::string operator()(const Sentence& sentence) const { return "<p>" + escape_html(sentence.text) + "</p>\n"; }
  std::string operator()(const Bullets& bullets) const {
    std::string html;
    for (const std::string& item : bullets.items) html += "<li>" + escape_html(item) + "</li>\n";
    return html.empty() ? "" : "<ul>\n" + html + "</ul>\n";
  }
  std::string operator()(const Table& table) const { return html_table(table); }
  std::string operator()(const Picture& picture) const { return picture.markup; }
};

struct AsMarkdown {
  std::string operator()(const Heading& heading) const { return "### " + escape_markdown(heading.text) + "\n\n"; }
  std::string operator()(const Sentence& sentence) const { return escape_markdown(sentence.text) + "\n\n"; }
  std::string operator()(const Bullets& bullets) const {
    std::string text;
    for (const std::string& item : bullets.items) text += "- " + escape_markdown(item) + "\n";
    return text.empty() ? "" : text + "\n";
  }
  std::string operator()(const Table& table) const { return markdown_table(table); }
  std::string operator()(const Picture&) const { return ""; }
};

template <typename Format>
std::string rendered(const Parts& parts, const Format& format) {
  std::string text;
  for (const Part& part : parts) text += std::visit(format, part);
  return text;
}

}  // namespace

std::string html_parts(const Parts& parts) { return rendered(parts, AsHtml{}); }

std::string markdown_parts(const Parts& parts) { return rendered(parts, AsMarkdown{}); }

}  // namespace exturbo::report
