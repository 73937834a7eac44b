// Prompts: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "prompt.hpp"

#include <stdexcept>

#include "exturbo/run/run_folder.hpp"

namespace exturbo::agents {

std::string fill(std::string_view prompt, const std::map<std::string, std::string>& values) {
  std::string text;
  for (std::size_t at = 0;;) {
    const std::size_t open = prompt.find("{{", at);
    const std::size_t close = open == prompt.npos ? prompt.npos : prompt.find("}}", open);
    text += prompt.substr(at, close == prompt.npos ? prompt.npos : open - at);
    if (close == prompt.npos) return text;
    const std::string name(prompt.substr(open + 2, close - open - 2));
    const auto value = values.find(name);
    if (value == values.end()) throw std::logic_error("prompt: no value for {{" + name + "}}");
    text += value->second;
    at = close + 2;
  }
}

std::string fenced(const std::string& title, const std::string& text, std::size_t max_bytes) {
  std::string held = text;
  if (held.size() > max_bytes) {
    std::size_t end = max_bytes;
    while (end > 0 && (static_cast<unsigned char>(held[end]) & 0xC0U) == 0x80U) --end;
    held.resize(end);
    held += "\n(cut here, at " + std::to_string(max_bytes >> 10) + " KiB)";
  }
  const std::string mark = run::sha256(held).substr(0, 16);
  return "<<<DATA " + title + " " + mark + ">>>\n" + held + (held.ends_with('\n') ? "" : "\n") + "<<<END " + mark +
         ">>>";
}

}  // namespace exturbo::agents
