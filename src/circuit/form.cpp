// What names and values a description may hold: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "form.hpp"

#include <algorithm>
#include <cctype>

namespace exturbo::circuit {
namespace {

constexpr std::size_t kMaxName = 64;
constexpr std::size_t kMaxExpression = 200;

bool all_of(const std::string& text, bool (*good)(unsigned char)) {
  return std::all_of(text.begin(), text.end(), [&](char c) { return good(static_cast<unsigned char>(c)); });
}

}  // namespace

bool is_net(const std::string& text) {
  return !text.empty() && text.size() <= kMaxName && all_of(text, [](unsigned char c) { return c > ' ' && c <= '~'; });
}

bool is_instance_name(const std::string& text) {
  return !text.empty() && text.size() <= kMaxName && std::isalpha(static_cast<unsigned char>(text[0])) != 0 &&
         all_of(text, [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '.'; });
}

bool is_parameter_name(const std::string& text) {
  return is_instance_name(text) && text.find('.') == std::string::npos;
}

bool is_expression(const std::string& text) {
  return text.size() > 2 && text.size() <= kMaxExpression && text.front() == '{' && text.back() == '}' &&
         text.find_first_of("{}", 1) == text.size() - 1 &&
         all_of(text, [](unsigned char c) { return c >= ' ' && c <= '~'; });
}

}  // namespace exturbo::circuit
