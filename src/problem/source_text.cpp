// Places of lines: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/problem/source_text.hpp"

#include <charconv>

namespace exturbo::problem {

void name_sources(const LineSources& sources, const std::string& file, std::vector<core::Fault>& faults) {
  if (sources.places.empty()) return;
  constexpr std::size_t kPrefix = 5;  // "line "
  for (core::Fault& fault : faults) {
    if (fault.file != file || !fault.place.starts_with("line ")) continue;
    std::size_t number = 0;
    std::from_chars(fault.place.data() + kPrefix, fault.place.data() + fault.place.size(), number);
    if (number < 1 || number > sources.places.size()) continue;
    const LineSources::Place& place = sources.places[number - 1];
    fault.file = sources.files[place.file].string();
    fault.place = "line " + std::to_string(place.line);
  }
}

}  // namespace exturbo::problem
