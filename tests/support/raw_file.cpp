// Raw files: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "raw_file.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "exturbo/core/text.hpp"

namespace exturbo::test {
namespace {

/// "v(out)" is node out, "i(vdd)" the current of source vdd.
std::string vector_name(const std::string& written) {
  if (written.size() > 3 && written[1] == '(' && written.back() == ')') {
    const std::string inner = written.substr(2, written.size() - 3);
    if (written[0] == 'v') return inner;
    if (written[0] == 'i') return inner + "#branch";
  }
  return written;
}

std::string after_colon(const std::string& line) {
  const std::size_t begin = line.find_first_not_of(' ', line.find(':') + 1);
  return begin == std::string::npos ? "" : line.substr(begin);
}

}  // namespace

RawPlot read_raw_file(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  RawPlot plot;
  std::size_t variables = 0, points = 0;
  bool complex = false;
  std::string line;
  while (std::getline(stream, line) && line != "Binary:") {
    if (line.starts_with("Plotname:")) plot.name = after_colon(line);
    if (line.starts_with("Flags:")) complex = line.find("complex") != std::string::npos;
    if (line.starts_with("No. Variables:")) variables = std::strtoul(after_colon(line).c_str(), nullptr, 10);
    if (line.starts_with("No. Points:")) points = std::strtoul(after_colon(line).c_str(), nullptr, 10);
    if (line.starts_with('\t')) {
      std::istringstream words(line);
      std::string index, name;
      words >> index >> name;
      plot.names.push_back(vector_name(core::lower_case(name)));
    }
  }
  std::vector<double> numbers(variables * points * (complex ? 2 : 1));
  stream.read(reinterpret_cast<char*>(numbers.data()), static_cast<std::streamsize>(numbers.size() * sizeof(double)));
  if (!stream || plot.names.size() != variables) return {};
  plot.vectors.assign(variables, std::vector<std::complex<double>>(points));
  std::size_t next = 0;
  for (std::size_t point = 0; point < points; ++point) {
    for (std::size_t variable = 0; variable < variables; ++variable) {
      const double real = numbers[next++];
      plot.vectors[variable][point] = {real, complex ? numbers[next++] : 0};
    }
  }
  return plot;
}

}  // namespace exturbo::test
