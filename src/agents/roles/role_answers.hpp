// Answers of the roles, read from JSON and checked: what is faulty is told and left out, what is good is kept.
// SPDX-License-Identifier: BSD-3-Clause
//
// The forms are those of agents/<role>_answer.schema.json. Beyond them: devices and variables must exist (ROL-002,
// ROL-003), units must be those of the quantity (ROL-004), values must lie in their range (ROL-005), designs must be
// complete (ROL-006). Texts come out as one bounded line each.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "known_names.hpp"
#include "problem/json_reader.hpp"

namespace exturbo::agents {

struct AnalystAnswer {
  struct Block {
    std::string type;
    std::vector<std::string> devices;
    std::string purpose;
  };
  std::string summary;
  std::vector<Block> blocks;
  std::map<std::string, std::string> variables;  ///< Name -> what it sets.
  std::vector<std::string> critical;

  bool usable() const { return !summary.empty() || !blocks.empty(); }
};

struct OperatingPointAnswer {
  struct Device {
    std::string name;
    double current = 0;                ///< A
    std::optional<double> gm_over_id;  ///< 1/V
    std::string region;                ///< "" if not said.
  };
  std::optional<double> supply_current;  ///< A
  std::vector<Device> devices;
  std::string reason;

  bool usable() const { return !devices.empty(); }
};

/// A design as proposed: values inside the bounds, a little outside clipped; possibly not all of them.
struct Design {
  std::string name;
  std::map<std::string, double> variables;
  std::string reason;
  double confidence = 0.5;
};

struct SizingAnswer {
  std::vector<Design> designs;

  bool usable() const { return !designs.empty(); }
};

struct ReviewerAnswer {
  bool accepts = false;
  std::vector<std::string> findings;
  std::vector<Design> designs;

  bool usable() const { return accepts || !findings.empty() || !designs.empty(); }
};

AnalystAnswer read_analyst(const problem::JsonPlace& root, const KnownNames& names);
OperatingPointAnswer read_operating_point(const problem::JsonPlace& root, const KnownNames& names);
SizingAnswer read_sizing(const problem::JsonPlace& root, const KnownNames& names);
ReviewerAnswer read_reviewer(const problem::JsonPlace& root, const KnownNames& names);

/// The same forms, of what was kept.
problem::Json to_json(const AnalystAnswer& answer);
problem::Json to_json(const OperatingPointAnswer& answer);
problem::Json to_json(const SizingAnswer& answer);
problem::Json to_json(const ReviewerAnswer& answer);

}  // namespace exturbo::agents
