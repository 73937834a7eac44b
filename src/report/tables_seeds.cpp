// What was proposed to start from, and what became of it.
// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>

#include "metric_text.hpp"
#include "tables.hpp"

namespace exturbo::report {
namespace {

constexpr std::size_t kReasonShown = 1000;

std::string origin_text(const problem::Seed& seed) {
  return shorten(seed.agent.empty() ? "unnamed" : seed.agent, kNameShown) +
         (seed.role.empty() ? "" : ", " + shorten(seed.role, kNameShown));
}

const run::Evaluation* evaluation_of(const Summary& summary, const ProposedSeed& proposed) {
  for (const run::Evaluation& evaluation : summary.evaluations) {
    if (proposed.evaluation != 0 && evaluation.index == proposed.evaluation) return &evaluation;
  }
  return nullptr;
}

std::string missed_text(const Summary& summary, const run::Evaluation& evaluation) {
  if (evaluation.failed()) return "failed: " + shorten(evaluation.status, kNameShown);
  std::vector<std::string> missed;
  for (const problem::Spec& spec : summary.problem.specs) {
    if (!meets(spec, evaluation.metrics)) missed.push_back(spec.metric);
  }
  return missed.empty() ? "none" : joined(missed);
}

}  // namespace

Table seeds_table(const Summary& summary) {
  Table table{
      "Every design that was proposed to start from, by rank: who proposed it, what the simulator said of "
      "it, and how far it is from the best design, in shares of the variables' ranges (root mean square).",
      {{"Seed"},
       {"Evaluation", true},
       {"J", true},
       {"Specs missed", false, true},
       {"Confidence", true},
       {"Distance", true}},
      {}};
  for (const ProposedSeed& proposed : summary.seeds) {
    const run::Evaluation* evaluation = evaluation_of(summary, proposed);
    const std::string unseen = proposed.ranked ? "not simulated" : "not among the first";
    const std::string distance =
        summary.best
            ? general(100 * range_distance(summary.problem, proposed.seed.variables, summary.best->variables), 2) + " %"
            : "";
    table.rows.push_back(
        {{origin_text(proposed.seed), false, Tone::kPlain, "", shorten(proposed.seed.model, kNameShown)},
         {evaluation == nullptr ? "" : std::to_string(evaluation->index)},
         {evaluation == nullptr || evaluation->failed() ? "" : general(evaluation->cost, 4)},
         {evaluation == nullptr ? unseen : missed_text(summary, *evaluation), false,
          evaluation == nullptr ? Tone::kMuted : Tone::kPlain},
         {general(proposed.seed.confidence, 2)},
         {distance}});
  }
  return table;
}

Table reasons_table(const Summary& summary) {
  Table table{"Why each was proposed, in the words of who did.", {{"Seed"}, {"Reason", false, true}}, {}};
  for (const ProposedSeed& proposed : summary.seeds) {
    if (!proposed.seed.reason.empty())
      table.rows.push_back({{origin_text(proposed.seed)}, {shorten(proposed.seed.reason, kReasonShown)}});
  }
  return table;
}

}  // namespace exturbo::report
