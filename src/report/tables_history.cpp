// The run: how hard the specs were, what failed, where the time went.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <numeric>

#include "exturbo/core/number.hpp"
#include "graphics.hpp"
#include "metric_text.hpp"
#include "tables.hpp"

namespace exturbo::report {
namespace {

constexpr std::size_t kCausesShown = 12;

std::string seconds_text(double seconds) { return general(seconds, 3) + " s"; }

std::string percent_text(double share) { return general(100 * share, 3) + " %"; }

}  // namespace

Table hardness_table(const Summary& summary) {
  Table table{"How hard each spec was: the evaluations that met it, whatever they did to the others.",
              {{"Metric"}, {"Met by", true}, {"Share"}, {"First met at", true}},
              {},
              true};
  if (summary.evaluations.empty()) return table;
  const double total = static_cast<double>(summary.evaluations.size());
  for (const SpecStanding& spec : summary.specs) {
    const double share = spec.times_met / total;
    table.rows.push_back({{spec.metric, true},
                          {std::to_string(spec.times_met)},
                          {percent_text(share), false, Tone::kPlain, share_bar(share, percent_text(share))},
                          {spec.first_met ? std::to_string(*spec.first_met) : "never"}});
  }
  return table;
}

Table origins_table(const Summary& summary) {
  Table table{
      "Where the evaluations came from, and what each kind came to.",
      {{"Origin"}, {"Evaluations", true}, {"Feasible", true}, {"Failed", true}, {"Lowest J", true}, {"At", true}},
      {},
      true};
  for (const auto& [origin, name] :
       {std::pair{"seed", "seeds"}, std::pair{"initial", "initial designs"}, std::pair{"model", "the model's"}}) {
    int count = 0, feasible = 0, failed = 0;
    const run::Evaluation* best = nullptr;
    for (const run::Evaluation& evaluation : summary.evaluations) {
      if (evaluation.origin != origin) continue;
      ++count;
      feasible += evaluation.feasible ? 1 : 0;
      failed += evaluation.failed() ? 1 : 0;
      if (!evaluation.failed() && (best == nullptr || evaluation.cost < best->cost)) best = &evaluation;
    }
    if (count > 0)
      table.rows.push_back({{name},
                            {std::to_string(count)},
                            {std::to_string(feasible)},
                            {std::to_string(failed)},
                            {best == nullptr ? "" : general(best->cost, 4)},
                            {best == nullptr ? "" : std::to_string(best->index)}});
  }
  return table;
}

Table failures_table(const Summary& summary) {
  Table table{"Failed evaluations by cause. They count in the budget and are never proposed again.",
              {{"Status"}, {"Count", true}, {"First at", true}, {"Reason of the first", false, true}},
              {}};
  const std::size_t shown = std::min(summary.failures.size(), kCausesShown);
  for (std::size_t i = 0; i < shown; ++i) {
    const FailureCause& cause = summary.failures[i];
    table.rows.push_back({{shorten(cause.status, 40), true},
                          {std::to_string(cause.count)},
                          {std::to_string(cause.first)},
                          {shorten(cause.reason, 300)}});
  }
  if (shown < summary.failures.size()) {
    const int rest =
        std::accumulate(summary.failures.begin() + static_cast<std::ptrdiff_t>(shown), summary.failures.end(), 0,
                        [](int sum, const FailureCause& cause) { return sum + cause.count; });
    table.rows.push_back({{"others"},
                          {std::to_string(rest)},
                          {""},
                          {std::to_string(summary.failures.size() - shown) + " further causes, in evaluations.jsonl"}});
  }
  return table;
}

Table unmeasured_table(const Summary& summary) {
  Table table{"Metrics that could not be measured in evaluations that came through otherwise.",
              {{"Metric"}, {"Evaluations", true}},
              {},
              true};
  for (const auto& [metric, count] : summary.unmeasured)
    table.rows.push_back({{metric, true}, {std::to_string(count)}});
  return table;
}

Table timing_table(const Summary& summary) {
  Table table{"Where the time went.", {{"Part"}, {"Time", true}, {"Per evaluation", true}}, {}, true};
  const auto add = [&](const std::string& part, double seconds) {
    const std::size_t count = summary.evaluations.size();
    table.rows.push_back({{part},
                          {seconds_text(seconds)},
                          {count == 0 ? "" : core::format_quantity(seconds / static_cast<double>(count), "s", 3)}});
  };
  for (const auto& [key, name] :
       {std::pair{"simulate", "simulating, summed over the workers"}, std::pair{"model", "models and proposals"},
        std::pair{"total", "total by the clock"}}) {
    if (const auto found = summary.seconds.find(key); found != summary.seconds.end()) add(name, found->second);
  }
  if (!summary.seconds.contains("simulate")) add("simulating, summed over the workers", summary.journal_seconds);
  return table;
}

}  // namespace exturbo::report
