// Text made safe for HTML and Markdown, and tables that render as either.
// SPDX-License-Identifier: BSD-3-Clause
//
// Text of a run is hostile: names, reasons and commands come from netlists, simulators and evaluators. Escaping also
// replaces what no XML may hold (control characters, broken UTF-8) and characters that reorder or hide text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace exturbo::report {

/// Safe as element content and inside a quoted attribute.
std::string escape_html(std::string_view text);

/// Safe in a Markdown paragraph or table cell; one line.
std::string escape_markdown(std::string_view text);

/// Bytes of a name that are shown in a table.
inline constexpr std::size_t kNameShown = 60;

/// At most `limit` bytes, cut between characters and ended by an ellipsis.
std::string shorten(const std::string& text, std::size_t limit);

/// Names separated by commas.
std::string joined(const std::vector<std::string>& names);

enum class Tone { kPlain, kGood, kBad, kMuted };

struct Cell {
  std::string text = {};  ///< Plain text; escaped when rendered.
  bool code = false;      ///< A name or literal: monospace.
  Tone tone = Tone::kPlain;
  std::string graphic = {};  ///< Markup of our own, shown in HTML instead of the text, which becomes its label.
  std::string note = {};     ///< A second, quieter line; plain text.
};

struct Column {
  std::string title;
  bool number = false;  ///< Aligned right.
  bool prose = false;   ///< Sentences that may wrap; nothing else does.
};

struct Table {
  std::string caption;  ///< What the table shows, in one sentence; read by screen readers and shown above it.
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;  ///< The first cell of a row is its header.
  bool narrow = false;                  ///< Only as wide as its content, not as the page.
};

/// A `<table>` with header scopes, its caption above it, inside a frame that scrolls sideways on narrow screens; "" for
/// a table without rows.
std::string html_table(const Table& table);

/// A pipe table; "" for a table without rows. Notes follow the text in brackets.
std::string markdown_table(const Table& table);

}  // namespace exturbo::report
