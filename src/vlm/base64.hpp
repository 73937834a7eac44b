// Base64 (RFC 4648) of bytes, for data URLs.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <string_view>

namespace exturbo::vlm {

std::string base64(std::string_view bytes);

}  // namespace exturbo::vlm
