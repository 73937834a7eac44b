// Gathers a report's content from a run folder: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "summary.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>

#include "exturbo/core/fault.hpp"
#include "exturbo/problem/load.hpp"
#include "metric_text.hpp"

namespace exturbo::report {
namespace {

using run::Json;
constexpr double kTiny = 1e-30;  // A bound of zero has no relative margin; this keeps its sign.

std::map<std::string, double> numbers(const Json& object) {
  std::map<std::string, double> values;
  for (const auto& [key, value] : object.items()) {
    if (value.is_number()) values[key] = value.get<double>();
  }
  return values;
}

DevicePoint read_device(const std::string& name, const Json& object) {
  const auto number = [&](const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_number() ? found->get<double>()
                                                       : std::numeric_limits<double>::quiet_NaN();
  };
  return {name,
          object.value("region", ""),
          number("id"),
          number("gm"),
          number("gds"),
          number("vgs"),
          number("vds"),
          number("vth"),
          number("vdsat"),
          number("margin")};
}

BestDesign read_best(const Json& result) {
  const Json& object = result.at("best");
  BestDesign best;
  best.index = object.at("index").get<int>();
  best.cost = result.at("cost").get<double>();
  best.variables = numbers(object.at("variables"));
  best.metrics = numbers(object.at("metrics"));
  if (object.contains("unmeasured"))
    best.unmeasured = object.at("unmeasured").get<std::map<std::string, std::string>>();
  if (!object.contains("corners")) return best;
  for (const auto& [name, corner] : object.at("corners").items()) {
    CornerDesign design{name, numbers(corner.at("metrics")), {}};
    if (corner.contains("operating_points")) {
      for (const auto& [device, point] : corner.at("operating_points").items())
        design.devices.push_back(read_device(device, point));
    }
    std::stable_sort(design.devices.begin(), design.devices.end(),
                     [](const DevicePoint& a, const DevicePoint& b) { return natural_less(a.name, b.name); });
    best.corners.push_back(std::move(design));
  }
  return best;
}

/// The best of the journal: least cost among the evaluations that came through, the earliest of equals.
std::optional<BestDesign> best_of_journal(const std::vector<run::Evaluation>& evaluations) {
  const run::Evaluation* best = nullptr;
  for (const run::Evaluation& evaluation : evaluations) {
    if (!evaluation.failed() && (best == nullptr || evaluation.cost < best->cost)) best = &evaluation;
  }
  if (best == nullptr) return std::nullopt;
  BestDesign design{best->index, best->cost, best->variables, best->metrics, best->unmeasured, {}};
  for (const run::CornerRecord& corner : best->corners) design.corners.push_back({corner.name, corner.metrics, {}});
  return design;
}

SpecStanding standing(const problem::Problem& problem, const problem::Spec& spec,
                      const std::optional<BestDesign>& best) {
  SpecStanding row;
  row.metric = spec.metric;
  row.unit = metric_unit(problem, spec.metric);
  row.min = spec.min;
  row.max = spec.max;
  if (!best) return row;
  if (const auto why = best->unmeasured.find(spec.metric); why != best->unmeasured.end())
    row.why_unmeasured = why->second;
  const auto found = best->metrics.find(spec.metric);
  if (found == best->metrics.end()) return row;
  row.value = found->second;
  row.met = meets(spec, best->metrics);
  double margin = std::numeric_limits<double>::infinity();
  if (spec.min) margin = std::min(margin, (*row.value - *spec.min) / std::max(std::abs(*spec.min), kTiny));
  if (spec.max) margin = std::min(margin, (*spec.max - *row.value) / std::max(std::abs(*spec.max), kTiny));
  row.margin = margin;
  return row;
}

/// What result.json says of a spec goes before what we work out ourselves.
void take_verdict(const Json& specs, std::vector<SpecStanding>& rows) {
  for (const Json& spec : specs) {
    for (SpecStanding& row : rows) {
      if (row.metric != spec.at("metric").get<std::string>()) continue;
      row.met = spec.at("met").get<bool>();
      if (const std::string unit = spec.value("unit", ""); !unit.empty()) row.unit = unit;
      if (spec.contains("margin") && spec["margin"].is_number()) row.margin = spec["margin"].get<double>();
    }
  }
}

/// The reason without its numbers and numbered nodes: what differs only there is one cause.
std::string without_numbers(const std::string& reason) {
  std::string kind;
  for (const char c : reason) {
    const bool numeric = std::isdigit(static_cast<unsigned char>(c)) != 0;
    if (!numeric) {
      kind += c;
    } else if (kind.empty() || kind.back() != '#') {
      kind += '#';
    }
  }
  return kind;
}

void count_evaluations(Summary& summary) {
  for (const run::Evaluation& evaluation : summary.evaluations) {
    summary.journal_seconds += evaluation.seconds;
    if (evaluation.feasible && !summary.first_feasible) summary.first_feasible = evaluation.index;
    if (!evaluation.failed()) {
      for (const auto& [metric, why] : evaluation.unmeasured) ++summary.unmeasured[metric];
      for (std::size_t i = 0; i < summary.specs.size(); ++i) {
        if (!meets(summary.problem.specs[i], evaluation.metrics)) continue;
        ++summary.specs[i].times_met;
        if (!summary.specs[i].first_met) summary.specs[i].first_met = evaluation.index;
      }
      continue;
    }
    ++summary.failed;
    const std::string kind = without_numbers(evaluation.reason);
    const auto same = std::find_if(summary.failures.begin(), summary.failures.end(), [&](const FailureCause& cause) {
      return cause.status == evaluation.status && without_numbers(cause.reason) == kind;
    });
    if (same != summary.failures.end()) {
      ++same->count;
    } else {
      summary.failures.push_back({evaluation.status, evaluation.reason, 1, evaluation.index});
    }
  }
  std::stable_sort(summary.failures.begin(), summary.failures.end(),
                   [](const FailureCause& a, const FailureCause& b) { return a.count > b.count; });
}

void read_result(const run::RunFolder& run, Summary& summary) {
  const Json result = run.read_json("result.json");
  try {
    summary.verdict = result.at("status").get<std::string>() == "feasible" ? Verdict::kFeasible : Verdict::kInfeasible;
    if (result.contains("best") && result["best"].is_object()) summary.best = read_best(result);
    if (result.contains("seconds")) summary.seconds = numbers(result.at("seconds"));
    for (const problem::Spec& spec : summary.problem.specs)
      summary.specs.push_back(standing(summary.problem, spec, summary.best));
    if (result.contains("specs")) take_verdict(result.at("specs"), summary.specs);
  } catch (const Json::exception& error) {
    throw run.no_result(error);
  }
}

}  // namespace

bool natural_less(const std::string& a, const std::string& b) {
  std::size_t i = 0, j = 0;
  const auto digits = [](const std::string& text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && std::isdigit(static_cast<unsigned char>(text[end])) != 0) ++end;
    return end - at;
  };
  while (i < a.size() && j < b.size()) {
    const std::size_t m = digits(a, i), n = digits(b, j);
    if (m > 0 && n > 0) {
      if (m != n) return m < n;
      if (const int order = a.compare(i, m, b, j, n); order != 0) return order < 0;
      i += m;
      j += n;
    } else if (a[i] != b[j]) {
      return a[i] < b[j];
    } else {
      ++i;
      ++j;
    }
  }
  return a.size() - i < b.size() - j;
}

bool DevicePoint::flagged() const { return region == "off" || region == "triode" || !(margin > 0); }

int Summary::specs_met() const {
  return static_cast<int>(std::count_if(specs.begin(), specs.end(), [](const SpecStanding& spec) { return spec.met; }));
}

bool meets(const problem::Spec& spec, const std::map<std::string, double>& metrics) {
  const auto found = metrics.find(spec.metric);
  if (found == metrics.end() || !std::isfinite(found->second)) return false;
  return (!spec.min || found->second >= *spec.min) && (!spec.max || found->second <= *spec.max);
}

const run::Evaluation* Summary::start() const {
  return evaluations.empty() || evaluations.front().index != 1 ? nullptr : &evaluations.front();
}

std::optional<double> Summary::objective() const {
  if (!best) return std::nullopt;
  const auto found = best->metrics.find(problem.objective.metric);
  return found == best->metrics.end() ? std::nullopt : std::optional(found->second);
}

Summary read_summary(const run::RunFolder& run) {
  problem::LoadResult loaded =
      problem::load_problem(run.problem_file(), {.pdk_path = {}, .process_folder = run.process_folder()});
  if (!loaded.faults.empty()) throw core::InputError(std::move(loaded.faults));
  Summary summary;
  summary.problem = std::move(loaded.problem);
  summary.manifest = run.manifest();
  const Json problem = run.read_json(std::filesystem::relative(run.problem_file(), run.path()).string());
  summary.process_by_name = problem.value("pdk", "/").find('/') == std::string::npos;
  summary.evaluations = run.evaluations();
  std::sort(summary.evaluations.begin(), summary.evaluations.end(),
            [](const run::Evaluation& a, const run::Evaluation& b) { return a.index < b.index; });
  if (run.has("result.json")) {
    read_result(run, summary);
  } else {
    summary.best = best_of_journal(summary.evaluations);
    for (const problem::Spec& spec : summary.problem.specs)
      summary.specs.push_back(standing(summary.problem, spec, summary.best));
  }
  if (summary.best) {
    summary.verification = read_verification(run, summary.best->variables);
    summary.explanation = read_explanation(run, summary.best->index);
  }
  summary.seeds = read_seeds(run, summary.problem, summary.evaluations);
  count_evaluations(summary);
  if (summary.failed == static_cast<int>(summary.evaluations.size()))
    summary.best.reset();  // Whatever was kept is no design.
  for (const char* name : {"sized.cir", "sized.param.inc", "result.json", "evaluations.jsonl", "seeds.json",
                           "sensitivity.json", "verify.json"}) {
    if (run.has(name)) summary.files.emplace_back(name);
  }
  // They come with the report.
  if (!summary.evaluations.empty()) summary.files.emplace_back("evaluations.csv");
  if (summary.explanation) summary.files.emplace_back("sensitivity.csv");
  return summary;
}

}  // namespace exturbo::report
