// Reads the body of an HTTP response as a chat completion, or as an error in words.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

#include "exturbo/vlm/reply.hpp"

namespace exturbo::vlm {

/// The completion in `body`: kOk, or kMalformed and why. Token counts are those of its `usage`.
Reply read_completion(const std::string& body);

/// What an error response says: its `error.message`, else all of it. As long as the server made it.
std::string error_text(const std::string& body);

}  // namespace exturbo::vlm
