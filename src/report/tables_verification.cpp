// The verification of the best design: worst corners, yield and distributions.
// SPDX-License-Identifier: BSD-3-Clause
#include "graphics.hpp"
#include "metric_text.hpp"
#include "tables.hpp"

namespace exturbo::report {
namespace {

std::string percent(double share) { return general(100 * share, 4) + " %"; }

std::string bounds_text(const Bounds& bounds, const std::string& unit) {
  if (bounds.min && bounds.max) return quantity(*bounds.min, unit) + " to " + quantity(*bounds.max, unit);
  return bounds.min ? "≥ " + quantity(*bounds.min, unit) : "≤ " + quantity(*bounds.max, unit);
}

std::vector<Cell> corner_row(const VerifiedSpec& spec, const std::string& unit) {
  std::vector<Cell> row{{spec.metric, true},
                        {spec.met ? "✓ pass" : "✗ fail", false, spec.met ? Tone::kGood : Tone::kBad},
                        {bounds_text(spec.bounds, unit)},
                        {spec.value ? quantity(*spec.value, unit) : "not measured"},
                        {spec.corner, true}};
  if (!spec.margin) {
    row.push_back({""});
    return row;
  }
  const std::string relative = signed_percent(*spec.margin);
  row.push_back({relative, false, Tone::kPlain,
                 margin_bar(*spec.margin, spec.met, "margin " + relative) + "<span class=\"beside\">" +
                     escape_html(relative) + "</span>"});
  return row;
}

std::vector<Cell> distribution_row(const VerifiedSpec& spec, const std::string& unit) {
  const auto cell = [&](const char* key) {
    const auto found = spec.numbers.find(key);
    return Cell{found == spec.numbers.end() ? "" : quantity(found->second, unit)};
  };
  const bool all = spec.sampled_yield == 1.0;
  return {{spec.metric, true},
          {spec.sampled_bounds ? bounds_text(*spec.sampled_bounds, unit) : "nominal only"},
          spec.sampled_yield ? Cell{percent(*spec.sampled_yield), false, all ? Tone::kGood : Tone::kBad} : Cell{},
          cell("mean"),
          cell("sigma"),
          cell("0.1"),
          cell("50"),
          cell("99.9"),
          cell("worst")};
}

}  // namespace

std::string verification_sentence(const Summary& summary) {
  if (!summary.verification) return "";
  const Verification& found = *summary.verification;
  std::string text =
      "Simulated on " + std::to_string(found.corners) + (found.corners == 1 ? " corner: " : " corners: ") +
      (found.missed_corners == 0 ? "all specs are met everywhere"
                                 : "specs are missed on " + std::to_string(found.missed_corners) + " of them") +
      ". The worst is " + found.worst_corner + ".";
  if (found.samples == 0) return text;
  text += " Monte Carlo at " + found.sampled_corner + ", " + std::to_string(found.samples) +
          " samples: " + percent(found.yield) + " meet all specs as they stand there (95 % confidence interval " +
          percent(found.interval.first) + " to " + percent(found.interval.second) + ").";
  for (const auto& [status, count] : found.failed_samples)
    text += " " + std::to_string(count) + " gave no result: " + status + ".";
  std::string names;
  for (const std::string& name : found.matched_devices) names += (names.empty() ? "" : ", ") + name;
  return names.empty() ? text : text + " Without mismatch: " + names + ".";
}

Table verified_corners_table(const Summary& summary) {
  Table table{"Each spec at its own worst corner.",
              {{"Metric"}, {"Verdict"}, {"Spec", true}, {"Value", true}, {"Worst corner"}, {"Relative"}},
              {}};
  if (!summary.verification) return table;
  for (const VerifiedSpec& spec : summary.verification->specs)
    table.rows.push_back(corner_row(spec, metric_unit(summary.problem, spec.metric)));
  return table;
}

Table monte_carlo_table(const Summary& summary) {
  Table table{
      "Distribution of each spec's metric over the samples of Monte Carlo, and the share of them that meets its bounds "
      "there. The columns with a percentage are quantiles.",
      {{"Metric"},
       {"Bounds", true},
       {"Yield", true},
       {"Mean", true},
       {"Sigma", true},
       {"0.1 %", true},
       {"50 %", true},
       {"99.9 %", true},
       {"Worst", true}},
      {}};
  if (!summary.verification || summary.verification->samples == 0) return table;
  for (const VerifiedSpec& spec : summary.verification->specs)
    table.rows.push_back(distribution_row(spec, metric_unit(summary.problem, spec.metric)));
  return table;
}

}  // namespace exturbo::report
