// JSON in answers: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "answer_text.hpp"

namespace exturbo::agents {

std::string json_object_in(const std::string& answer) {
  const std::size_t begin = answer.find('{');
  if (begin == std::string::npos) return "";
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = begin; i < answer.size(); ++i) {
    const char c = answer[i];
    if (in_string && c == '\\') {
      ++i;
    } else if (c == '"') {
      in_string = !in_string;
    } else if (!in_string && c == '{') {
      ++depth;
    } else if (!in_string && c == '}' && --depth == 0) {
      return answer.substr(begin, i - begin + 1);
    }
  }
  return answer.substr(begin);
}

}  // namespace exturbo::agents
