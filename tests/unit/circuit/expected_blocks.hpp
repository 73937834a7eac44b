// What a netlist's comments say should be recognised in it.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "exturbo/circuit/recognition.hpp"

namespace exturbo::test {

/// Lines "*: type NAME" and "*: BLOCK DEVICE DEVICE ...", written by hand from the schematic.
struct Expected {
  std::string type;
  std::multiset<std::string> blocks;  ///< As block_text() writes them.
};

/// Type of the block and its devices in the order of the alphabet: a block is right when these are.
std::string block_text(const std::string& type, std::vector<std::string> devices);
std::multiset<std::string> block_texts(const circuit::Recognition& recognition);

std::vector<std::string> read_lines(const std::filesystem::path& file);
Expected read_expected(const std::vector<std::string>& lines);

}  // namespace exturbo::test
