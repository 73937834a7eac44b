// A small problem whose designs a command evaluates: minimise f of x and y where g, their sum, is at least 1.1.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace exturbo::test {

inline constexpr const char* kEvaluatorJson = R"({
  "name": "made", "evaluator": {"command": ["./evaluator", "good"], "time_limit": 60},
  "variables": {"x": {"min": -1, "max": 1}, "y": {"min": 0, "max": 1}},
  "metrics": {"f": {"unit": "W"}, "g": {}, "ratio": {"expression": "f / g"}},
  "specs": {"g": {"min": 1.1, "scale": 0.1}},
  "objective": {"minimize": "f", "reference": 10},
  "budget": 24, "batch": 4
})";

}  // namespace exturbo::test
