// Lines of a netlist as statements and words: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "netlist_text.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

namespace exturbo::spice {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == ',' || c == '(' || c == ')'; }

/// Cuts a trailing comment: `;` anywhere, `$` after a blank, `//`.
std::string without_comment(const std::string& line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool after_blank = i == 0 || std::isspace(static_cast<unsigned char>(line[i - 1])) != 0;
    if (line[i] == ';' || (line[i] == '$' && after_blank) || line.compare(i, 2, "//") == 0) return line.substr(0, i);
  }
  return line;
}

/// Collects the MOS lines of a cell and of the cells inside it.
class MosCollector {
 public:
  MosCollector(const std::map<std::string, Subcircuit>& all, const std::map<std::string, std::string>& inner)
      : all_(all), inner_(inner) {}

  void collect(const std::string& cell, const std::string& name_prefix, const std::string& path_prefix, int depth) {
    const auto found = all_.find(cell);
    if (found == all_.end() || depth >= kMaxNesting) return;
    seen_ += found->second.body.size();
    for (const Element& element : elements(found->second)) {
      // Twelve instances in each of eight nested cells are 4e8 elements.
      if (seen_ > kMaxElements) return;
      const std::string path = path_prefix + element.lower;
      const auto device = inner_.find(element.cell);
      if (element.cell.empty()) {
        mos_.push_back({name_prefix + element.name, path});
      } else if (device != inner_.end() && !all_.contains(element.cell)) {
        mos_.push_back({name_prefix + element.name, path + "." + device->second});
      } else {
        collect(element.cell, name_prefix + element.name + ".", path + ".", depth + 1);
      }
    }
  }
  std::vector<MosInstance> result() { return std::move(mos_); }

 private:
  struct Element {
    std::string name, lower;
    std::string cell;  ///< Of an X line; "" for an M line.
  };

  /// M and X lines of a cell, read once however often it is instantiated.
  const std::vector<Element>& elements(const Subcircuit& cell) {
    const auto [known, is_new] = elements_.try_emplace(&cell);
    for (std::size_t i = 0; is_new && i < cell.body.size(); ++i) {
      const std::string& text = cell.body[i].text;
      const std::string name = text.substr(0, text.find_first_of(" \t"));
      const std::string lower = lower_case(name);
      if (name.size() > kMaxElementName || (lower[0] != 'm' && lower[0] != 'x')) continue;
      known->second.push_back({name, lower, lower[0] == 'x' ? instantiated(words(text)) : ""});
    }
    return known->second;
  }

  const std::map<std::string, Subcircuit>& all_;
  const std::map<std::string, std::string>& inner_;
  std::map<const Subcircuit*, std::vector<Element>> elements_;
  std::vector<MosInstance> mos_;
  std::size_t seen_ = 0;
};

}  // namespace

std::vector<Statement> statements(const std::vector<std::string>& lines) {
  std::vector<Statement> result;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string text = without_comment(lines[i]);
    const std::size_t start = text.find_first_not_of(" \t\r\n");
    if (start == std::string::npos || text[start] == '*') continue;
    text = text.substr(start, text.find_last_not_of(" \t\r\n") - start + 1);
    if (text[0] == '+' && !result.empty()) {
      result.back().text += " " + text.substr(1);
    } else {
      result.push_back({static_cast<int>(i) + 1, text});
    }
  }
  return result;
}

std::vector<std::string> without_control(std::vector<std::string> lines) {
  bool inside = false;
  for (std::string& line : lines) {
    const std::vector<std::string> parts = words(line);
    const std::string first = parts.empty() ? "" : parts[0];
    if (first == ".control") inside = true;
    if (inside) line.clear();
    if (first == ".endc") inside = false;
  }
  return lines;
}

std::vector<std::string> words(const std::string& text) { return words_as_written(lower_case(text)); }

std::vector<std::string> words_as_written(const std::string& text) {
  std::vector<std::string> result;
  std::string word;
  int braces = 0;
  bool quoted = false;
  bool joining = false;  // the previous word ended in '=': what follows belongs to it
  const auto flush = [&] {
    if (word.empty()) return;
    if (joining || (word[0] == '=' && !result.empty())) {
      result.back() += word;
    } else {
      result.push_back(word);
    }
    joining = result.back().back() == '=';
    word.clear();
  };
  for (const char c : text) {
    if (c == '\'') quoted = !quoted;
    if (c == '{') ++braces;
    if (c == '}') --braces;
    if (braces <= 0 && !quoted && is_blank(c)) {
      flush();
    } else {
      word += c;
    }
  }
  flush();
  return result;
}

std::optional<std::string> keyword(const std::vector<std::string>& words, const std::string& key) {
  for (const std::string& word : words) {
    if (word.compare(0, key.size() + 1, key + "=") == 0) return word.substr(key.size() + 1);
  }
  return std::nullopt;
}

std::string instantiated(std::vector<std::string> words) {
  while (words.size() > 1 && (words.back().find('=') != std::string::npos || words.back() == "params:"))
    words.pop_back();
  return words.back();
}

std::vector<MosInstance> mos_instances(const std::vector<std::string>& lines, const std::string& cell,
                                       const std::map<std::string, std::string>& inner) {
  const std::map<std::string, Subcircuit> all = subcircuits(lines);
  MosCollector collector(all, inner);
  collector.collect(lower_case(cell), "", "", 0);
  return collector.result();
}

std::map<std::string, Subcircuit> subcircuits(const std::vector<std::string>& lines) {
  std::map<std::string, Subcircuit> result;
  Subcircuit* open = nullptr;
  for (const Statement& statement : statements(lines)) {
    const std::vector<std::string> parts = words(statement.text);
    if (parts.empty()) continue;
    if (parts[0] == ".subckt" && parts.size() > 1) {
      open = &result[parts[1]];
      open->line = statement.line;
      open->name = parts[1];
      for (std::size_t i = 2; i < parts.size() && parts[i].find('=') == std::string::npos && parts[i] != "params:";
           ++i) {
        open->ports.push_back(parts[i]);
      }
      for (const std::string& part : parts) {
        const std::size_t equals = part.find('=');
        if (equals != std::string::npos) open->parameters.insert(part.substr(0, equals));
      }
    } else if (parts[0] == ".ends") {
      if (open != nullptr) open->ended = true;
      open = nullptr;
    } else if (open != nullptr) {
      open->body.push_back(statement);
    }
  }
  return result;
}

std::optional<CellInstance> cell_instance(const std::vector<std::string>& testbench, const std::string& cell) {
  for (const Statement& statement : statements(testbench)) {
    std::vector<std::string> parts = words(statement.text);
    if (parts.empty() || parts[0][0] != 'x') continue;
    while (parts.size() > 1 && (parts.back().find('=') != std::string::npos || parts.back() == "params:"))
      parts.pop_back();
    if (parts.back() != lower_case(cell)) continue;
    return CellInstance{parts[0], {parts.begin() + 1, parts.end() - 1}};
  }
  return std::nullopt;
}

}  // namespace exturbo::spice
