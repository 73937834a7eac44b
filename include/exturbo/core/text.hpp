// Case-blind text: SPICE does not tell upper from lower case.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace exturbo::core {

/// The text with its ASCII letters in lower case.
std::string lower_case(std::string text);

}  // namespace exturbo::core
