// What a netlist's comments say should be recognised in it: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "expected_blocks.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace exturbo::test {

std::string block_text(const std::string& type, std::vector<std::string> devices) {
  std::sort(devices.begin(), devices.end());
  std::string text = type;
  for (const std::string& device : devices) text += " " + device;
  return text;
}

std::multiset<std::string> block_texts(const circuit::Recognition& recognition) {
  std::multiset<std::string> texts;
  for (const circuit::Block& block : recognition.blocks) texts.insert(block_text(block.type, block.devices));
  return texts;
}

std::vector<std::string> read_lines(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

Expected read_expected(const std::vector<std::string>& lines) {
  Expected expected;
  for (const std::string& line : lines) {
    if (!line.starts_with("*: ")) continue;
    std::istringstream stream(line.substr(3));
    std::string type;
    stream >> type;
    std::vector<std::string> words;
    for (std::string word; stream >> word;) words.push_back(word);
    if (type == "type") {
      expected.type = words.at(0);
    } else {
      expected.blocks.insert(block_text(type, words));
    }
  }
  return expected;
}

}  // namespace exturbo::test
