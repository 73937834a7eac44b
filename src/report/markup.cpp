// Safe text and tables: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "markup.hpp"

#include <cstddef>
#include <cstdint>

namespace exturbo::report {
namespace {

constexpr std::size_t kShortNote = 40;                     // A note up to this length keeps to one line.
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

/// Length of the well-formed UTF-8 character at `at`, or 0; its code point in `point`.
std::size_t decode(std::string_view text, std::size_t at, std::uint32_t& point) {
  const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
  const unsigned char lead = byte(at);
  const std::size_t length = lead < 0x80                   ? 1
                             : lead >= 0xC2 && lead < 0xE0 ? 2
                             : lead >= 0xE0 && lead < 0xF0 ? 3
                             : lead >= 0xF0 && lead < 0xF5 ? 4
                                                           : 0;
  if (length == 0 || at + length > text.size()) return 0;
  point = length == 1 ? lead : lead & (0xFFU >> (length + 1));
  for (std::size_t k = 1; k < length; ++k) {
    if ((byte(at + k) & 0xC0) != 0x80) return 0;
    point = point << 6 | (byte(at + k) & 0x3FU);
  }
  const bool overlong = (length == 3 && point < 0x800) || (length == 4 && (point < 0x10000 || point > 0x10FFFF));
  const bool surrogate = point >= 0xD800 && point < 0xE000;
  return overlong || surrogate ? 0 : length;
}

/// Control characters, non-characters, and characters that reorder text.
bool is_forbidden(std::uint32_t point) {
  if (point < 0x20) return point != '\n' && point != '\t';
  return (point >= 0x7F && point < 0xA0) || point == 0x200E || point == 0x200F ||
         (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069) || (point & 0xFFFE) == 0xFFFE;
}

/// Copies well-formed text, each ASCII character through `escape`.
template <typename Escape>
std::string transcribe(std::string_view text, Escape escape) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    std::uint32_t point = 0;
    const std::size_t length = decode(text, i, point);
    if (length == 0 || is_forbidden(point)) {
      result += kReplacement;
    } else if (length == 1) {
      escape(text[i], result);
    } else {
      result += text.substr(i, length);
    }
    i += length == 0 ? 1 : length;
  }
  return result;
}

const char* tone_class(Tone tone) {
  switch (tone) {
    case Tone::kGood:
      return "good";
    case Tone::kBad:
      return "bad";
    case Tone::kMuted:
      return "muted";
    case Tone::kPlain:
      break;
  }
  return "";
}

std::string html_cell(const Cell& cell, const Column& column, bool header) {
  std::string classes = tone_class(cell.tone);
  if (column.number) classes += classes.empty() ? "number" : " number";
  if (column.prose) classes += classes.empty() ? "prose" : " prose";
  const std::string name = header ? "th" : "td";
  std::string html =
      "<" + name + (header ? " scope=\"row\"" : "") + (classes.empty() ? "" : " class=\"" + classes + "\"") + ">";
  if (!cell.graphic.empty()) {
    html += "<span class=\"graphic\">" + cell.graphic + "</span>";
  } else if (cell.code) {
    html += "<code>" + escape_html(cell.text) + "</code>";
  } else {
    html += escape_html(cell.text);
  }
  if (!cell.note.empty())
    html += std::string("<span class=\"note") + (cell.note.size() > kShortNote ? " long" : "") + "\">" +
            escape_html(cell.note) + "</span>";
  return html + "</" + name + ">";
}

/// A code span: nothing in it is markup, so that names stay readable.
std::string markdown_code(const std::string& literal) {
  return "`" +
         transcribe(literal,
                    [](char c, std::string& out) {
                      if (c == '|') {
                        out += "\\|";
                      } else {
                        out += c == '`' ? '\'' : c == '\n' || c == '\t' ? ' ' : c;
                      }
                    }) +
         "`";
}

std::string markdown_cell(const Cell& cell) {
  std::string text = cell.code && !cell.text.empty() ? markdown_code(cell.text) : escape_markdown(cell.text);
  if (!cell.note.empty()) text += (text.empty() ? "" : " ") + std::string("(") + escape_markdown(cell.note) + ")";
  return cell.tone == Tone::kBad && !text.empty() ? "**" + text + "**" : text;
}

}  // namespace

std::string escape_html(std::string_view text) {
  return transcribe(text, [](char c, std::string& out) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  });
}

std::string escape_markdown(std::string_view text) {
  return transcribe(text, [](char c, std::string& out) {
    if (c == '\n' || c == '\t') {
      out += ' ';
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '&') {
      out += "&amp;";
    } else {
      if (std::string_view("\\`*_[]#|~>").find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
  });
}

std::string shorten(const std::string& text, std::size_t limit) {
  if (text.size() <= limit) return text;
  std::size_t end = limit;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "…";
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string html_table(const Table& table) {
  if (table.rows.empty()) return "";
  constexpr std::size_t kManyColumns = 8;  // From more than these on, the table is set tighter.
  const std::string caption = escape_html(table.caption);
  const std::string style = table.narrow                          ? " class=\"narrow\""
                            : table.columns.size() > kManyColumns ? " class=\"dense\""
                                                                  : "";
  std::string html = "<figure class=\"table\"><figcaption>" + caption +
                     "</figcaption>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + caption +
                     "\"><table" + style + ">\n<thead><tr>";
  for (const Column& column : table.columns) {
    html += std::string("<th scope=\"col\"") + (column.number ? " class=\"number\"" : "") + ">" +
            escape_html(column.title) + "</th>";
  }
  html += "</tr></thead>\n<tbody>\n";
  for (const std::vector<Cell>& row : table.rows) {
    html += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i) html += html_cell(row[i], table.columns[i], i == 0);
    html += "</tr>\n";
  }
  return html + "</tbody></table></div></figure>\n";
}

std::string markdown_table(const Table& table) {
  if (table.rows.empty()) return "";
  std::string heads = "|";
  std::string rules = "|";
  for (const Column& column : table.columns) {
    heads += " " + escape_markdown(column.title) + " |";
    rules += column.number ? " ---: |" : " --- |";
  }
  std::string text = escape_markdown(table.caption) + "\n\n" + heads + "\n" + rules + "\n";
  for (const std::vector<Cell>& row : table.rows) {
    text += "|";
    for (const Cell& cell : row) text += " " + markdown_cell(cell) + " |";
    text += "\n";
  }
  return text + "\n";
}

}  // namespace exturbo::report
