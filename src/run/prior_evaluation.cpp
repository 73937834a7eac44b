// Lines of history.jsonl: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/run/prior_evaluation.hpp"

#include <limits>
#include <utility>

#include "run_json.hpp"

namespace exturbo::run {

using problem::Json;
using problem::JsonPlace;

std::string to_json_line(const PriorEvaluation& evaluation) {
  const Json line{{"run", evaluation.run},
                  {"evaluation", evaluation.index},
                  {"values", evaluation.values},
                  {"status", evaluation.status},
                  {"metrics", evaluation.metrics}};
  return line.dump(-1, ' ', false, Json::error_handler_t::replace);
}

PriorEvaluation parse_prior_evaluation(const std::string& text) {
  std::vector<core::Fault> faults;
  PriorEvaluation evaluation;
  if (const auto line = problem::parse_json_text(text, "prior evaluation", faults, run_limits())) {
    const JsonPlace root(*line, "", "prior evaluation", faults);
    if (root.is_object("a prior evaluation")) {
      evaluation.run = root.required_text("run").value_or("");
      if (root.require("evaluation")) {
        const auto index = root.at("evaluation").integer(1, std::numeric_limits<int>::max());
        evaluation.index = static_cast<int>(index.value_or(0));
      }
      if (root.require("values") && root.at("values").is_array("values")) {
        for (const JsonPlace& place : root.at("values").elements())
          evaluation.values.push_back(place.number().value_or(0));
      }
      evaluation.status = root.required_text("status").value_or("");
      if (root.require("metrics") && root.at("metrics").is_object("metrics")) {
        for (const auto& [id, place] : root.at("metrics").members())
          evaluation.metrics[id] = place.number().value_or(0);
      }
    }
  }
  if (!faults.empty()) throw core::InputError(std::move(faults));
  return evaluation;
}

}  // namespace exturbo::run
