// Lines put together from several files, each with the place that it was read from.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "exturbo/core/fault.hpp"

namespace exturbo::problem {

/// Where the lines of a text were read. Empty for a text that is one file as it stands.
struct LineSources {
  struct Place {
    std::size_t file = 0;  ///< Index into `files`.
    int line = 0;          ///< Counted from 1.
  };
  std::vector<std::filesystem::path> files;  ///< Each file once, in the order of reading.
  std::vector<Place> places;                 ///< One per line of the text.
};

struct SourceText {
  std::vector<std::string> lines;
  LineSources sources;
};

/// Rewrites faults that name `file` and "line N", N counted in the text as put together, to the file and line that the
/// line was read from; all others stay as they are.
void name_sources(const LineSources& sources, const std::string& file, std::vector<core::Fault>& faults);

}  // namespace exturbo::problem
