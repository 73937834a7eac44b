// Templates of pages, filled.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace exturbo::report {

using PageValues = std::map<std::string, std::string, std::less<>>;

/// Replaces each `{{key}}` of the template, in one pass: what is inserted is never searched for keys.
/// \throws std::logic_error for a key without a value.
std::string fill_page(std::string_view page, const PageValues& values);

}  // namespace exturbo::report
