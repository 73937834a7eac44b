// Faults of user input: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/core/fault.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace exturbo::core {
namespace {

std::string join(const std::vector<Fault>& faults) {
  std::string text;
  for (const Fault& fault : faults) {
    if (!text.empty()) text += '\n';
    text += to_string(fault);
  }
  return text;
}

/// Levenshtein distance, or something not below `limit` as soon as it cannot be below.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) >= limit) return limit;
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t substitution = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({row[j] + 1, row[j + 1] + 1, substitution});
    }
    if (*std::min_element(row.begin(), row.end()) >= limit) return limit;
  }
  return row[b.size()];
}

}  // namespace

std::string to_string(const Fault& fault) {
  std::string text = fault.file;
  if (!fault.place.empty()) text += (text.empty() ? "" : ": ") + fault.place;
  text += (text.empty() ? "error " : ": error ") + fault.id + ": " + fault.what;
  if (!fault.hint.empty()) text += " (" + fault.hint + ")";
  return text;
}

InputError::InputError(std::vector<Fault> faults) : std::runtime_error(join(faults)), faults_(std::move(faults)) {}

std::string closest_name(std::string_view name, const std::vector<std::string>& candidates) {
  constexpr std::size_t kLongest = 64;  // A longer name is no slip of the pen, and takes time in its square.
  std::string best;
  if (name.size() > kLongest) return best;
  std::size_t best_distance = std::max<std::size_t>(1, name.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(name, candidate, best_distance);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

}  // namespace exturbo::core
