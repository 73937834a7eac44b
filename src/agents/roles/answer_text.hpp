// Finds the JSON object in a model's answer: models wrap it in code fences and words.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace exturbo::agents {

/// From the first `{` to the brace that closes it, strings and escapes minded; to the end of the text if none does; ""
/// without a `{`. O(n).
std::string json_object_in(const std::string& answer);

}  // namespace exturbo::agents
