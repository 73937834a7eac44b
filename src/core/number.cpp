// Numbers with SPICE suffixes: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/core/number.hpp"

#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace exturbo::core {
namespace {

struct Prefix {
  std::string_view spice;
  std::string_view si;
  double factor;
};

// Longest first: "meg" and "mil" before "m".
constexpr std::array<Prefix, 11> kPrefixes{{{"meg", "M", 1e6},
                                            {"mil", "", 25.4e-6},
                                            {"t", "T", 1e12},
                                            {"g", "G", 1e9},
                                            {"k", "k", 1e3},
                                            {"m", "m", 1e-3},
                                            {"u", "µ", 1e-6},
                                            {"n", "n", 1e-9},
                                            {"p", "p", 1e-12},
                                            {"f", "f", 1e-15},
                                            {"a", "a", 1e-18}}};

bool starts_with_blind(std::string_view text, std::string_view prefix) {
  if (text.size() < prefix.size()) return false;
  for (std::size_t i = 0; i < prefix.size(); ++i) {
    if (std::tolower(static_cast<unsigned char>(text[i])) != prefix[i]) return false;
  }
  return true;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front()))) text.remove_prefix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back()))) text.remove_suffix(1);
  return text;
}

/// Splits "1.5meg" into 1.5 and "meg".
std::optional<std::pair<double, std::string_view>> split(std::string_view text) {
  text = trim(text);
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;
  }
  if (text.empty() ||
      (!std::isdigit(static_cast<unsigned char>(text.front())) && text.front() != '-' && text.front() != '.')) {
    return std::nullopt;
  }
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || !std::isfinite(value)) return std::nullopt;
  return std::pair{value, text.substr(static_cast<std::size_t>(end - text.data()))};
}

/// The decimal-prefix entry whose factor brings |value| into [1, 1000), or nullptr for factor one.
const Prefix* prefix_for(double magnitude) {
  const Prefix* best = nullptr;
  double best_factor = 0;
  for (const Prefix& prefix : kPrefixes) {
    if (prefix.spice == "mil") continue;
    if (magnitude >= prefix.factor * (1 - 1e-9) && prefix.factor > best_factor) {
      best = &prefix;
      best_factor = prefix.factor;
    }
  }
  if (magnitude >= 1 - 1e-9 && best_factor < 1) return nullptr;
  if (magnitude >= 1 - 1e-9 && magnitude < 1e3 * (1 - 1e-9)) return nullptr;
  return best;
}

std::string format_general(double value, int digits) {
  std::array<char, 64> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.*g", digits, value);
  return buffer.data();
}

}  // namespace

std::optional<double> parse_number(std::string_view text) {
  const auto parts = split(text);
  if (!parts) return std::nullopt;
  auto [value, rest] = *parts;
  for (const Prefix& prefix : kPrefixes) {
    if (starts_with_blind(rest, prefix.spice)) {
      // A decimal prefix is read as an exponent of the literal, so that "30m" is exactly 0.03.
      const int exponent = static_cast<int>(std::lround(std::log10(prefix.factor)));
      if (prefix.spice != "mil") {
        const std::string literal = format_exact(value);
        const std::size_t e = literal.find('e');
        const int own = e == std::string::npos ? 0 : std::stoi(literal.substr(e + 1));
        const std::string scaled = literal.substr(0, e) + "e" + std::to_string(own + exponent);
        if (std::from_chars(scaled.data(), scaled.data() + scaled.size(), value).ec != std::errc{}) return std::nullopt;
      } else {
        value *= prefix.factor;
      }
      rest.remove_prefix(prefix.spice.size());
      break;
    }
  }
  for (const char c : rest) {
    if (!std::isalpha(static_cast<unsigned char>(c))) return std::nullopt;
  }
  if (!std::isfinite(value)) return std::nullopt;
  return value;
}

bool is_ambiguous_mega(std::string_view text) {
  const auto parts = split(text);
  return parts && !parts->second.empty() && parts->second.front() == 'M' && !starts_with_blind(parts->second, "meg") &&
         !starts_with_blind(parts->second, "mil");
}

std::string format_number(double value, int digits) {
  if (value == 0 || !std::isfinite(value)) return format_general(value, digits);
  const Prefix* prefix = prefix_for(std::abs(value));
  if (prefix == nullptr) return format_general(value, digits);
  return format_general(value / prefix->factor, digits) + std::string(prefix->spice);
}

std::string format_quantity(double value, std::string_view unit, int digits) {
  const bool plain = unit.empty() || unit == "dB" || unit == "deg" || unit.starts_with("share");
  const Prefix* prefix = plain || value == 0 || !std::isfinite(value) ? nullptr : prefix_for(std::abs(value));
  std::string text = format_general(prefix == nullptr ? value : value / prefix->factor, digits);
  const std::string_view si = prefix == nullptr ? std::string_view{} : prefix->si;
  if (!unit.empty() || !si.empty()) text += " " + std::string(si) + std::string(unit);
  return text;
}

std::string format_exact(double value) {
  if (!std::isfinite(value)) return "null";
  std::array<char, 32> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return std::string(buffer.data(), error == std::errc{} ? end : buffer.data());
}

}  // namespace exturbo::core
