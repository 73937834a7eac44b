// The parts of a section, that both the page and the Markdown render.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "markup.hpp"

namespace exturbo::report {

struct Heading {
  std::string text;
};

struct Sentence {
  std::string text;
};

struct Bullets {
  std::vector<std::string> items;
};

/// Markup of our own; what it shows, Markdown leaves to the tables beside it.
struct Picture {
  std::string markup;
};

/// Plain text; escaped when rendered. Tables without rows and empty lists are left out.
using Part = std::variant<Heading, Sentence, Bullets, Table, Picture>;
using Parts = std::vector<Part>;

std::string html_parts(const Parts& parts);
std::string markdown_parts(const Parts& parts);

}  // namespace exturbo::report
