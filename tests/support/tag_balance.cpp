// Well-formedness of a page: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "tag_balance.hpp"

#include <cctype>
#include <regex>

namespace exturbo::report::test {
namespace {

std::string fault(const std::string& page, std::size_t at, const std::string& what) {
  return what + " at: " + page.substr(at, 80);
}

/// Entities of XML and numeric ones only.
bool has_bad_entity(const std::string& text) {
  static const std::regex kEntity("(amp|lt|gt|quot|#[0-9]+);");
  for (std::size_t at = text.find('&'); at != std::string::npos; at = text.find('&', at + 1)) {
    const std::string rest = text.substr(at + 1, 10);
    if (!std::regex_search(rest, kEntity, std::regex_constants::match_continuous)) return true;
  }
  return false;
}

/// Every value is quoted: outside quotes a tag holds only names, blanks, `=` before a quote, and slashes at its ends.
bool well_quoted(const std::string& tag) {
  bool inside = false;
  for (std::size_t i = 0; i < tag.size(); ++i) {
    const unsigned char c = static_cast<unsigned char>(tag[i]);
    if (c == '"') {
      if (!inside && (i == 0 || tag[i - 1] != '=')) return false;
      inside = !inside;
    } else if (!inside && c == '=') {
      if (i + 1 >= tag.size() || tag[i + 1] != '"') return false;
    } else if (!inside && std::isalnum(c) == 0 && c != ' ' && c != '-' &&
               !(c == '/' && (i == 0 || i + 1 == tag.size()))) {
      return false;
    }
  }
  return !inside;
}

}  // namespace

std::string markup_fault(const std::string& page) {
  std::vector<std::string> open;
  std::size_t at = page.find("<html");
  if (!page.starts_with("<!DOCTYPE html>\n") || at == std::string::npos) return "no document type or no html element";
  while (at < page.size()) {
    const std::size_t begin = page.find('<', at);
    const std::string text = page.substr(at, begin - at);
    if (has_bad_entity(text) || text.find('>') != std::string::npos) return fault(page, at, "stray & or >");
    if (begin == std::string::npos) break;
    const std::size_t end = page.find('>', begin);
    if (end == std::string::npos) return fault(page, begin, "open tag");
    const std::string tag = page.substr(begin + 1, end - begin - 1);
    if (has_bad_entity(tag) || !well_quoted(tag)) return fault(page, begin, "malformed tag");
    const std::string name = tag.substr(0, tag.find_first_of(" /", 1));
    if (name.starts_with('/')) {
      if (open.empty() || "/" + open.back() != name) return fault(page, begin, "closes what is not open");
      open.pop_back();
    } else if (!tag.ends_with('/')) {
      open.push_back(name);
    }
    at = end + 1;
  }
  return open.empty() ? "" : "unclosed " + open.back();
}

std::vector<std::string> attribute_values(const std::string& page, const std::string& name) {
  const std::string key = " " + name + "=\"";
  std::vector<std::string> values;
  for (std::size_t at = page.find(key); at != std::string::npos; at = page.find(key, at + 1)) {
    const std::size_t begin = at + key.size();
    values.push_back(page.substr(begin, page.find('"', begin) - begin));
  }
  return values;
}

}  // namespace exturbo::report::test
