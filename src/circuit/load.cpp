// A circuit description from a file: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/circuit/load.hpp"

#include "exturbo/circuit/netlist.hpp"
#include "problem/include_reader.hpp"
#include "problem/json_reader.hpp"

namespace exturbo::circuit {

CircuitDescriptionResult load_description(const std::filesystem::path& file, const std::string& cell,
                                          const problem::Process* process) {
  CircuitDescriptionResult result;
  const auto text = problem::read_text_file(file, result.faults);
  if (!text) return result;
  const std::size_t start = text->find_first_not_of(" \t\r\n");
  if (start != std::string::npos && ((*text)[start] == '{' || (*text)[start] == '['))
    return read_circuit_description(*text, file.string());
  std::error_code error;
  const std::filesystem::path path = std::filesystem::canonical(file, error);
  const problem::SourceText source =
      problem::read_source(path, "", problem::netlist_rules(path.parent_path()), result.faults);
  if (!result.faults.empty()) return result;
  result = read_netlist(source.lines, path.string(), cell, process);
  problem::name_sources(source.sources, path.string(), result.faults);
  return result;
}

}  // namespace exturbo::circuit
