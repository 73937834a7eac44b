// Parts of a library: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "library_part.hpp"

#include <algorithm>
#include <map>

#include "exturbo/core/text.hpp"
#include "exturbo/problem/model_name.hpp"

namespace exturbo::problem {
namespace {

constexpr const char* kBetweenWords = " \t\r,()={}'";

void add_words(const std::string& line, std::vector<std::string>& words) {
  std::size_t begin = line.find_first_not_of(kBetweenWords);
  while (begin != std::string::npos) {
    const std::size_t end = std::min(line.find_first_of(kBetweenWords, begin), line.size());
    words.push_back(core::lower_case(line.substr(begin, end - begin)));
    begin = line.find_first_not_of(kBetweenWords, end);
  }
}

/// A subcircuit, a model, or one other statement.
struct Block {
  std::string name;  ///< Empty: always kept.
  std::vector<std::size_t> lines;
  std::vector<std::string> words;
};

std::vector<Block> blocks_of(const std::vector<std::string>& lines) {
  std::vector<Block> blocks;
  bool inside = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string& line = lines[i];
    const std::size_t start = line.find_first_not_of(" \t\r");
    if (start == std::string::npos || line[start] == '*') continue;
    const bool continues = line[start] == '+';
    std::vector<std::string> words;
    // Of a model only its name matters: its parameters name nothing that a library defines in blocks.
    const bool is_model = core::lower_case(line.substr(start, 6)) == ".model";
    if (!(is_model && inside)) add_words(line, words);
    if (words.empty() && !is_model) words.emplace_back();
    const std::string first = words.empty() ? "" : words[0];
    if (!inside && !(continues && !blocks.empty())) {
      blocks.emplace_back();
      const bool named = (first == ".subckt" || is_model) && words.size() > 1;
      if (named) blocks.back().name = is_model ? base_name(words[1]) : words[1];
    }
    Block& block = blocks.back();
    block.lines.push_back(i);
    block.words.insert(block.words.end(), words.begin(), words.end());
    if (first == ".subckt") inside = true;
    if (first == ".ends") inside = false;
  }
  return blocks;
}

}  // namespace

std::string base_name(const std::string& model) {
  const std::size_t dot = model.rfind('.');
  if (dot == std::string::npos || dot == 0 || dot + 1 == model.size()) return model;
  return model.find_first_not_of("0123456789", dot + 1) == std::string::npos ? model.substr(0, dot) : model;
}

std::set<std::string> netlist_words(const std::vector<std::string>& lines) {
  std::vector<std::string> words;
  for (const std::string& line : lines) add_words(line, words);
  return {words.begin(), words.end()};
}

SourceText needed_part(const SourceText& library, const std::set<std::string>& words) {
  const std::vector<Block> blocks = blocks_of(library.lines);
  std::multimap<std::string, std::size_t> by_name;
  std::vector<bool> kept(blocks.size(), false);
  std::vector<std::size_t> waiting;
  const auto keep = [&](std::size_t index) {
    if (kept[index]) return;
    kept[index] = true;
    waiting.push_back(index);
  };
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (blocks[i].name.empty()) kept[i] = true;
    by_name.emplace(blocks[i].name, i);
  }
  const auto keep_named = [&](const std::string& word) {
    if (word.empty()) return;
    const auto [begin, end] = by_name.equal_range(word);
    for (auto it = begin; it != end; ++it) keep(it->second);
  };
  for (const std::string& word : words) keep_named(word);
  while (!waiting.empty()) {
    const std::size_t index = waiting.back();
    waiting.pop_back();
    for (const std::string& word : blocks[index].words) keep_named(word);
  }
  SourceText part;
  part.sources.files = library.sources.files;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (!kept[i]) continue;
    for (const std::size_t line : blocks[i].lines) {
      part.lines.push_back(library.lines[line]);
      part.sources.places.push_back(library.sources.places.at(line));
    }
  }
  return part;
}

std::set<std::string> defined_names(const SourceText& library) {
  std::set<std::string> names;
  for (const Block& block : blocks_of(library.lines)) {
    if (!block.name.empty()) names.insert(block.name);
  }
  return names;
}

}  // namespace exturbo::problem
