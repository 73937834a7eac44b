// A small problem with an evaluator, for tests: minimise f of x and y where g, their sum, is at least 1.1.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

#include "support/temporary_folder.hpp"

namespace exturbo::test {

/// `command`: JSON of the argument list; `time_limit` in s.
inline std::string evaluator_json(const std::string& command, double time_limit) {
  return R"({"name": "made", "evaluator": {"command": )" + command + R"(, "time_limit": )" +
         std::to_string(time_limit) + R"(},
    "variables": {"x": {"min": -1, "max": 1}, "y": {"min": 0, "max": 1}},
    "metrics": {"f": {"unit": "W"}, "g": {}, "ratio": {"expression": "f / g"}},
    "specs": {"g": {"min": 1.1, "scale": 0.1}},
    "objective": {"minimize": "f", "reference": 10},
    "budget": 24, "batch": 4})";
}

}  // namespace exturbo::test
