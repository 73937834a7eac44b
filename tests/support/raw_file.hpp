// Reads what ngspice's `write` wrote: one plot in a binary raw file.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <complex>
#include <filesystem>
#include <string>
#include <vector>

namespace exturbo::test {

/// A plot: its vectors in the order of the file, the scale first where the plot has one.
struct RawPlot {
  std::string name;                ///< "AC Analysis", "Operating Point"; empty: there is no such plot.
  std::vector<std::string> names;  ///< Lower case, as ngspice's shared library has them: "out", "vdd#branch".
  std::vector<std::vector<std::complex<double>>> vectors;
};

/// The plot of a file; an empty one where the file is missing or not whole.
RawPlot read_raw_file(const std::filesystem::path& file);

}  // namespace exturbo::test
