// Which variables matter for which metric, by each method.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cmath>

#include "metric_text.hpp"
#include "sensitivity_map.hpp"
#include "slope_text.hpp"
#include "tables.hpp"

namespace exturbo::report {
namespace {

constexpr std::size_t kRanks = 5;
constexpr std::size_t kSobolRanks = 4;  ///< With their intervals they are wide.
constexpr std::size_t kPairs = 3;
constexpr double kSurely = 0;  ///< Least lower end of an interaction that is shown.

std::string percent(double share) { return general(100 * share, 2) + " %"; }

/// "20 to 35 %"; "" where an end is not known.
std::string interval_text(const Estimate& estimate) {
  return estimate.low && estimate.high ? general(100 * *estimate.low, 2) + " to " + percent(*estimate.high) : "";
}

/// A table with the variables of each metric in order of rank.
Table ranking_table(const std::string& caption, const std::vector<Column>& before = {}, std::size_t ranks = kRanks) {
  Table table{caption, {{"Metric"}}, {}};
  table.columns.insert(table.columns.end(), before.begin(), before.end());
  for (std::size_t rank = 1; rank <= ranks; ++rank) table.columns.push_back({std::to_string(rank)});
  return table;
}

/// Adds the row, its end filled with empty cells.
void add_row(Table& table, std::vector<Cell> row) {
  row.resize(table.columns.size());
  table.rows.push_back(std::move(row));
}

/// Entries by falling size, at most `most`.
template <typename Value, typename Size>
ByName<Value> largest(ByName<Value> values, std::size_t most, const Size& size) {
  std::stable_sort(values.begin(), values.end(),
                   [&](const auto& a, const auto& b) { return size(a.second) > size(b.second); });
  if (values.size() > most) values.resize(most);
  return values;
}

std::string fit_text(const MetricFit& fit) {
  std::string text = fit.ok() || fit.status.empty() ? "" : shorten(fit.status, kNameShown);
  if (fit.quality) text += (text.empty() ? "" : ", ") + std::string("R² ") + general(*fit.quality, 2);
  return text;
}

Cell ranked(const std::string& name, const std::string& value, const std::string& note = "") {
  return {shorten(name, kNameShown) + " " + value, false, Tone::kPlain, "", note};
}

}  // namespace

Table relevance_table(const Fits& fits, const std::string& which) {
  Table table =
      ranking_table("Relevance by length-scales, " + which +
                        ": share of the inverse length-scales, with 90 % intervals. It misranks effects that are "
                        "nearly linear; the maps show slopes instead.",
                    {{"Fit"}});
  for (const auto& [metric, fit] : fits.metrics) {
    std::vector<Cell> row{{metric, true}, {fit_text(fit), false, fit.ok() ? Tone::kPlain : Tone::kMuted}};
    for (const auto& [variable, entry] :
         largest(fit.variables, kRanks, [](const VariableFit& f) { return f.relevance.value.value_or(-1); })) {
      if (entry.relevance.value)
        row.push_back(ranked(variable, percent(*entry.relevance.value), interval_text(entry.relevance)));
    }
    add_row(table, std::move(row));
  }
  return table;
}

Table slopes_table(const Summary& summary) {
  Table table = ranking_table(
      "What 10 % more of a variable does to each spec's metric, by derivatives simulated at the design; largest first. "
      "≈: two step sizes differ.");
  if (!summary.explanation || !summary.best) return table;
  for (const SpecStanding& spec : summary.specs) {
    const auto effects = effects_of_variables(summary, spec.metric);
    if (effects.empty()) continue;
    std::vector<Cell> row{{spec.metric, true}};
    for (std::size_t i = 0; i < std::min(effects.size(), kRanks); ++i) {
      const VariableEffect& effect = effects[i];
      row.push_back(ranked(effect.variable, (effect.rough ? "≈ " : "") + signed_quantity(effect.change, spec.unit),
                           effect.elasticity ? "elasticity " + general(*effect.elasticity, 2) : ""));
    }
    add_row(table, std::move(row));
  }
  return table;
}

Table sobol_table(const Explanation& explanation) {
  Table table = ranking_table(
      "Sobol' indices within 5 % of each range around the design: share of a metric's variance that goes with the "
      "variable, its interactions included, with 95 % intervals.",
      {}, kSobolRanks);
  for (const auto& [metric, sobol] : explanation.sobol) {
    std::vector<Cell> row{{metric, true}};
    for (const auto& [variable, indices] :
         largest(sobol.variables, kSobolRanks, [](const SobolIndices& s) { return s.total.value.value_or(-1); })) {
      if (!indices.total.value) continue;
      const std::string alone = indices.first.value ? ", alone " + percent(*indices.first.value) : "";
      row.push_back(ranked(variable, percent(*indices.total.value), interval_text(indices.total) + alone));
    }
    if (row.size() > 1) add_row(table, std::move(row));
  }
  return table;
}

Table pairs_table(const Explanation& explanation) {
  Table table = ranking_table(
      "Pairs of variables that act together: share of a metric's variance beyond what each does alone, where it is "
      "surely "
      "not zero.",
      {}, kPairs);
  table.narrow = true;
  for (const auto& [metric, sobol] : explanation.sobol) {
    std::vector<Cell> row{{metric, true}};
    for (const SobolPair& pair : sobol.pairs) {
      if (pair.variables.size() == 2 && pair.second.value && pair.second.low.value_or(kSurely) > kSurely)
        row.push_back(ranked(shorten(pair.variables[0], kNameShown) + " × " + shorten(pair.variables[1], kNameShown),
                             percent(*pair.second.value), interval_text(pair.second)));
    }
    if (row.size() > 1) add_row(table, std::move(row));
  }
  return table;
}

Table agreement_table(const Explanation& explanation) {
  Table table{
      "The first variable of each metric by each method, and how the ranking of the models goes with that of the "
      "simulated derivatives (rank correlation, 1: the same).",
      {{"Metric"},
       {"Methods"},
       {"Length-scales"},
       {"Slopes"},
       {"Sobol"},
       {"Simulated"},
       {"What it means", false, true}},
      {}};
  for (const auto& [metric, agreement] : explanation.agreement) {
    const bool known = agreement.agrees.has_value(), agrees = agreement.agrees.value_or(false);
    std::vector<Cell> row{{metric, true},
                          {!known   ? ""
                           : agrees ? "✓ agree"
                                    : "≠ disagree",
                           false, !known || agrees ? Tone::kPlain : Tone::kBad}};
    for (const char* method : {"relevance", "sensitivity", "sobol", "simulated"}) {
      const std::string* first = find(agreement.top, method);
      const double* rank = find(agreement.rank_correlation, method);
      row.push_back({first == nullptr ? "" : shorten(*first, kNameShown), true, Tone::kPlain, "",
                     rank == nullptr ? "" : "rank " + general(*rank, 2)});
    }
    row.push_back({shorten(agreement.statement, 400)});
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace exturbo::report
