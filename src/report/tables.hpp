// What a report says, as sentences and tables that both the page and the Markdown render.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

#include "markup.hpp"
#include "summary.hpp"

namespace exturbo::report {

/// The verdict in one sentence, of an unfinished run in two.
std::string verdict_in_brief(const Summary& summary);
/// The verdict, and the spec with the least to spare.
std::string verdict_sentence(const Summary& summary);
/// A figure of the head of the page: what it is, and its value.
struct KeyFigure {
  std::string name;
  std::string value;
};
std::vector<KeyFigure> key_figures(const Summary& summary);
/// "≥ 60°", "1 V to 2 V".
std::string bound_text(const SpecStanding& spec);
/// Spec by spec: bound, value, margin, pass or fail.
Table verdict_table(const Summary& summary);

/// What the explanation says of the specs that hold the objective; "" without one.
std::string limiting_sentence(const Summary& summary);
/// Those specs: margin, price, what tightening costs.
Table limiting_table(const Summary& summary);
/// The variables that move when one of them is tightened.
Table payers_table(const Summary& summary);
/// The specs with room to spare; "" without any.
std::string inactive_sentence(const Summary& summary);

/// Every variable: where it started, value, what it is the size of, range, grid, where in the range.
Table sizes_table(const Summary& summary);
/// Sizes and operating points of the transistors in one corner, in natural order of their names.
Table devices_table(const Summary& summary, const CornerDesign& corner);
/// Inversion of the transistors, and their shares of power and noise.
Table device_shares_table(const Summary& summary);
Table poles_table(const Summary& summary);
/// Metrics without a spec: value and definition.
Table other_metrics_table(const Summary& summary);
/// How the metrics with a spec are measured.
Table definitions_table(const Summary& summary);
/// Metrics by corner; without rows if there is only one.
Table corners_table(const Summary& summary);

/// What the verification of the design found, in two or three sentences; "" without one.
std::string verification_sentence(const Summary& summary);
/// Spec by spec: the worst corner, and its value there.
Table verified_corners_table(const Summary& summary);
/// Spec by spec: bounds, yield and distribution in Monte Carlo; without rows if there were no samples.
Table monte_carlo_table(const Summary& summary);

/// The variables of most weight for each metric by length-scales; `which`: the designs that were fitted.
Table relevance_table(const Fits& fits, const std::string& which);
/// The variables of most effect on each spec's metric by simulated derivatives.
Table slopes_table(const Summary& summary);
/// The variables with the largest total indices.
Table sobol_table(const Explanation& explanation);
/// Interactions that are surely there.
Table pairs_table(const Explanation& explanation);
/// Where the methods name different variables.
Table agreement_table(const Explanation& explanation);

/// Every seed that was proposed, and what the simulator said of it.
Table seeds_table(const Summary& summary);
Table reasons_table(const Summary& summary);

/// How many evaluations met each spec, and the first that did.
Table hardness_table(const Summary& summary);
/// What seeds, initial designs and the model's each came to.
Table origins_table(const Summary& summary);
/// Failed evaluations by cause.
Table failures_table(const Summary& summary);
/// Metrics that could not be measured in evaluations that came through.
Table unmeasured_table(const Summary& summary);
Table timing_table(const Summary& summary);

/// Versions and settings.
Table provenance_table(const Summary& summary);
/// SHA-256 of the input files.
Table inputs_table(const Summary& summary);
/// The command that repeats the run, or "".
std::string reproduce_command(const Summary& summary);
/// How to repeat it from the run folder alone, or "" if that takes more than the command.
std::string reproduce_hint(const Summary& summary);
/// Within what the figures hold, a sentence each.
std::vector<std::string> limits(const Summary& summary);

}  // namespace exturbo::report
