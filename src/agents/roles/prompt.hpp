// Prompts: templates with {{placeholders}}, and material of others fenced off in them.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace exturbo::agents {

/// The template with every {{name}} replaced by its value; values are not looked into. \throws std::logic_error for a
/// name without value.
std::string fill(std::string_view prompt, const std::map<std::string, std::string>& values);

/// Text between marks that it cannot hold, since they carry its own SHA-256; cut to `max_bytes`, which it then says.
std::string fenced(const std::string& title, const std::string& text, std::size_t max_bytes = 64U << 10);

}  // namespace exturbo::agents
