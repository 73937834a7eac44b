// Sections that tell why the design is as it is: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "sections.hpp"

#include "sensitivity_map.hpp"
#include "tables.hpp"

namespace exturbo::report {
namespace {

Part no_explanation(const Summary& summary) {
  return Sentence{summary.verdict == Verdict::kUnfinished
                      ? "Explained once the run has ended."
                      : "Not explained yet: `exturbo explain` finds it out and writes this report again."};
}

}  // namespace

Parts limiting_section(const Summary& summary) {
  if (!summary.explanation) return {no_explanation(summary)};
  Parts parts{Sentence{limiting_sentence(summary)}, limiting_table(summary), payers_table(summary)};
  if (const std::string inactive = inactive_sentence(summary); !inactive.empty()) parts.push_back(Sentence{inactive});
  return parts;
}

Parts sensitivity_section(const Summary& summary) {
  if (!summary.explanation) return {no_explanation(summary)};
  const Explanation& explanation = *summary.explanation;
  return {
      Sentence{"Shares of each metric's slopes by variable. + and − tell whether the metric mostly rises or falls with "
               "the variable. A marked corner: length-scales and another method are far apart there."},
      Picture{heat_maps({survival_map(explanation), tuning_map(explanation)})},
      agreement_table(explanation),
      Heading{"At the design"},
      slopes_table(summary),
      Heading{"Variance and interactions"},
      sobol_table(explanation),
      pairs_table(explanation),
      Heading{"Length-scales"},
      relevance_table(explanation.survival, "all evaluations"),
      relevance_table(explanation.tuning, "the best designs"),
      Sentence{"All figures: sensitivity.csv."}};
}

Parts device_roles_section(const Summary& summary) {
  if (!summary.explanation) return {};
  return {device_shares_table(summary), poles_table(summary)};
}

Parts seeds_section(const Summary& summary) {
  if (summary.seeds.empty()) return {Sentence{"The run started cold: nothing was proposed to start from."}};
  return {seeds_table(summary), reasons_table(summary)};
}

}  // namespace exturbo::report
