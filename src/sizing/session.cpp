// The loop of one sizing run: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "session.hpp"

#include <algorithm>
#include <cmath>
#include <future>
#include <limits>

#include "exturbo/core/fault.hpp"
#include "exturbo/sizing/cost.hpp"
#include "exturbo/spice/deck.hpp"
#include "result.hpp"
#include "run_optimizer.hpp"

namespace exturbo::sizing {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double kNear = 0.05;      ///< Of the unit cube's edge, per square root of the dimension.
constexpr double kFarNearer = 2.0;  ///< A start is given up for a design at less than half its distance.

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

/// From the manifest's "history".
run::Json learned_json(const run::Json& history) {
  run::Json runs = run::Json::array();
  std::int64_t total = 0;
  for (const run::Json& source : history) {
    runs.push_back({{"run", source.at("run")}, {"evaluations", source.at("evaluations")}});
    total += source.at("evaluations").get<std::int64_t>();
  }
  return {{"evaluations", total}, {"runs", std::move(runs)}};
}

/// An outcome is a function of the design: where it succeeded before, it is the machine that fails now.
void refuse_failure(const run::Evaluation& evaluation, const spice::Outcome& outcome) {
  for (const spice::CornerOutcome& corner : outcome.corners) {
    if (corner.status == spice::Status::kOk) continue;
    throw core::EnvironmentError("the best design, evaluation " + std::to_string(evaluation.index) +
                                 ", could not be simulated again for its operating points: " +
                                 spice::to_string(corner.status) + ": " + corner.reason);
  }
}

}  // namespace

Session::Session(run::RunFolder& folder, problem::Problem problem, const Machine& machine, const Control& control)
    : folder_(folder),
      problem_(std::move(problem)),
      control_(control),
      budget_(folder.manifest().at("budget").get<int>()),
      batch_(folder.manifest().at("batch").get<int>()),
      stop_at_feasible_(folder.manifest().at("stop_at_feasible").get<bool>()),
      derived_cards_(search_cards(folder.manifest().at("search_cards").get<std::string>()) == SearchCards::kDerived),
      stages_(problem_, corner_strategy(folder.manifest().at("corners").get<std::string>())),
      optimizer_(make_optimizer(problem_, folder.manifest(), folder.history())),
      // A design that cannot work teaches the optimiser without its dear testbenches.
      evaluator_(make_evaluator(problem_, machine, true)) {
  for (const run::Evaluation& evaluation : folder.evaluations()) journaled_[evaluation.index] = evaluation;
}

SizeSummary Session::run() {
  loop();
  SizeSummary summary;
  const run::Evaluation* design = best();
  summary.feasible = design != nullptr && design->feasible;
  std::optional<spice::Outcome> again;
  if (told_ == budget_) again = repeat(*design);
  if (!again) {
    summary.termination = Termination::kInterrupted;
    return summary;
  }
  summary.result = make_result(*design, *again);
  write_outputs(summary.result);
  return summary;
}

void Session::loop() {
  std::future<Proposal> thinking;
  while (told_ < budget_ && !interrupted()) {
    if (thinking.valid() && thinking.wait_for(std::chrono::seconds(0)) == std::future_status::ready) {
      take_up(thinking.get());
      continue;
    }
    if (!thinking.valid()) {
      // Slot k = asked + 1 is proposed when exactly slots 1 .. k - Q are told.
      if (asked_ < budget_ && told_ == std::max(0, asked_ + 1 - batch_)) {
        thinking = std::async(std::launch::async, [this] { return ask(); });
      } else if (finished_.contains(told_ + 1)) {
        tell_next();
        continue;
      }
    }
    const auto patience = std::chrono::milliseconds(thinking.valid() ? 2 : 100);
    if (auto finished = evaluator_->wait_any(patience)) {
      collect(std::move(*finished));
    } else if (thinking.valid() && evaluator_->pending() == 0) {
      thinking.wait_for(std::chrono::milliseconds(100));
    }
  }
  if (thinking.valid()) thinking.wait();
}

/// The region is read before anything more is told: it is a function of the same slots as the suggestion.
Session::Proposal Session::ask() {
  const auto begin = Clock::now();
  Proposal proposal{optimizer_.ask(), {}};
  if (proposal.suggestion.origin == bo::Origin::kModel) {
    const bo::Statistics statistics = optimizer_.statistics();
    proposal.region = {statistics.length, statistics.restarts};
  }
  model_seconds_ += seconds_since(begin);
  return proposal;
}

void Session::take_up(Proposal proposal) {
  const int index = ++asked_;
  const bo::Suggestion& suggestion = proposal.suggestion;
  units_[index] = suggestion.unit;
  const int start = choose_start(suggestion.unit);
  const auto variables = problem::complete_variables(problem_, suggestion.values);
  std::vector<std::size_t> active = active_corners(index);
  if (const auto recorded = journaled_.find(index); recorded != journaled_.end()) {
    if (recorded->second.variables != variables || !stages_.agrees(recorded->second, active)) {
      throw core::InputError(
          {{"RUN-006", (folder_.path() / "evaluations.jsonl").string(), "evaluation " + std::to_string(index),
            "is not what this program proposes there",
            "the run was made by another build or machine: start a new run, with this one's best design as seed"}});
    }
    finished_[index] = std::move(recorded->second);
    journaled_.erase(recorded);
    report_progress(finished_.at(index), true);
    return;
  }
  // A result says that the run is complete; one that goes on has none.
  if (folder_.has("result.json")) folder_.remove("result.json");
  Slot slot{std::move(proposal), start, std::move(active), derived_cards_};
  submit(first_request(index, variables, slot.start, slot.active), slot);
  running_[index] = std::move(slot);
}

/// The devices' operating points are asked of the best design only, at the end.
void Session::submit(spice::Request request, const Slot& slot) {
  request.devices = false;
  request.derived_cards = slot.derived_cards;
  evaluator_->submit(std::move(request));
}

void Session::collect(spice::Finished finished) {
  const int index = static_cast<int>(finished.id);
  Slot& slot = running_.at(index);
  run::Evaluation evaluation;
  evaluation.index = index;
  evaluation.origin = bo::to_string(slot.proposal.suggestion.origin);
  evaluation.region = slot.proposal.region;
  evaluation.variables = problem::complete_variables(problem_, slot.proposal.suggestion.values);
  evaluation.start = slot.start;
  if (slot.first) {
    record_outcome(problem_, stages_.all(), stages_.joined(*slot.first, slot.active, finished.outcome), evaluation);
  } else {
    record_outcome(problem_, slot.active, finished.outcome, evaluation);
  }
  evaluation.derived_cards = slot.derived_cards;
  evaluation.seconds += slot.seconds;
  judge(problem_, evaluation);
  if (stages_.must_go_on(evaluation)) {
    slot.first = std::move(finished.outcome);
    submit(second_request(index, evaluation.variables, *slot.first, slot.active), slot);
    return;
  }
  if (slot.derived_cards && evaluation.feasible) {
    slot.derived_cards = false;
    slot.first.reset();
    slot.seconds = evaluation.seconds;
    submit(first_request(index, evaluation.variables, slot.start, slot.active), slot);
    return;
  }
  folder_.append(evaluation);
  running_.erase(index);
  finished_[index] = std::move(evaluation);
  report_progress(finished_.at(index), false);
}

void Session::tell_next() {
  const run::Evaluation& evaluation = finished_.at(told_ + 1);
  const auto begin = Clock::now();
  optimizer_.tell(evaluation.index, to_outcome(problem_, evaluation));
  model_seconds_ += seconds_since(begin);
  ++told_;
  // No slot beyond those already asked: the same ones for any number of workers.
  if (stop_at_feasible_ && evaluation.feasible) budget_ = std::min(budget_, asked_);
}

void Session::report_progress(const run::Evaluation& evaluation, bool replayed) {
  const auto present = finished_.find(best_index_);
  if (present == finished_.end() || is_better(evaluation, present->second)) best_index_ = evaluation.index;
  if (!control_.on_progress) return;
  const run::Evaluation& best = finished_.at(best_index_);
  Progress progress;
  progress.evaluations = static_cast<int>(finished_.size());
  progress.budget = budget_;
  progress.replayed = replayed;
  progress.cost = evaluation.cost;
  progress.status = evaluation.status;
  progress.best_cost = best.cost;
  progress.violated = violated_specs(problem_, best);
  if (best.feasible) progress.best_objective = best.metrics.at(problem_.objective.metric);
  progress.seconds = seconds_since(began_);
  control_.on_progress(progress);
}

/// What a worker prepares for a start design serves all that start from it: one that is in use is kept until a told
/// design lies far nearer. Replayed slots go the same way, so that a resumed run has the same starts.
int Session::choose_start(const std::vector<double>& unit) {
  const auto nearest = [&](const auto& indices) {
    std::pair<int, double> best{0, std::numeric_limits<double>::infinity()};
    for (const int index : indices) {
      double sum = 0;
      const std::vector<double>& other = units_.at(index);
      for (std::size_t i = 0; i < unit.size(); ++i) sum += (unit[i] - other[i]) * (unit[i] - other[i]);
      if (sum < best.second) best = {index, sum};
    }
    best.second = std::sqrt(best.second);
    return best;
  };
  std::vector<int> solved;
  for (int index = 1; index <= told_; ++index) {
    const run::Evaluation& evaluation = finished_.at(index);
    if (!evaluation.failed() && !evaluation.corners.empty() && !evaluation.corners.front().nodes.empty())
      solved.push_back(index);
  }
  const auto [told, told_distance] = nearest(solved);
  const auto [used, used_distance] = nearest(starts_);
  const double near = kNear * std::sqrt(static_cast<double>(unit.size()));
  if (used != 0 && used_distance <= std::max(near, kFarNearer * told_distance)) return used;
  if (told != 0) starts_.push_back(told);
  return told;
}

std::vector<std::size_t> Session::active_corners(int index) const {
  return stages_.active(index, std::max(0, index - batch_), finished_);
}

spice::Request Session::first_request(int index, const std::map<std::string, double>& variables, int start,
                                      const std::vector<std::size_t>& active) const {
  spice::Request request{static_cast<std::uint64_t>(index), variables, active, {}};
  if (start == 0) return request;
  const run::Evaluation& neighbour = finished_.at(start);
  request.start_variables = neighbour.variables;
  for (const std::size_t corner : active) {
    auto from = std::find_if(neighbour.corners.begin(), neighbour.corners.end(),
                             [&](const auto& record) { return record.name == problem_.corners[corner].name; });
    // The nominal corner, always there, is the next best start.
    if (from == neighbour.corners.end()) from = neighbour.corners.begin();
    request.nodesets.push_back(from->nodes);
  }
  return request;
}

spice::Request Session::second_request(int index, const std::map<std::string, double>& variables,
                                       const spice::Outcome& first, const std::vector<std::size_t>& active) const {
  spice::Request request{static_cast<std::uint64_t>(index), variables, stages_.others(active), {}};
  request.nodesets.assign(request.corners.size(), first.corners.front().nodes);
  return request;
}

const run::Evaluation* Session::best() const {
  const run::Evaluation* best = nullptr;
  for (const auto& [index, evaluation] : finished_) {
    if (best == nullptr || is_better(evaluation, *best)) best = &evaluation;
  }
  return best;
}

/// The journal holds no operating-point table: the best design is simulated once more. One that failed has none, and
/// would fail again at the same cost.
std::optional<spice::Outcome> Session::repeat(const run::Evaluation& evaluation) {
  if (evaluation.failed() || !evaluator_->knows_devices())
    return spice::Outcome{std::vector<spice::CornerOutcome>(evaluation.corners.size())};
  const auto outcome_of = [&](spice::Request request) {
    request.derived_cards = evaluation.derived_cards;
    request.small_signal = true;
    evaluator_->submit(std::move(request));
    std::optional<spice::Finished> finished;
    while (!finished && !interrupted()) finished = evaluator_->wait_any(std::chrono::milliseconds(1000));
    if (finished) refuse_failure(evaluation, finished->outcome);
    return finished ? std::optional(std::move(finished->outcome)) : std::nullopt;
  };
  const std::vector<std::size_t> active = active_corners(evaluation.index);
  auto first = outcome_of(first_request(evaluation.index, evaluation.variables, evaluation.start, active));
  if (!first || evaluation.corners.size() == active.size()) return first;
  const auto second = outcome_of(second_request(evaluation.index, evaluation.variables, *first, active));
  if (!second) return std::nullopt;
  return stages_.joined(*first, active, *second);
}

run::Json Session::make_result(const run::Evaluation& design, const spice::Outcome& again) const {
  Seconds seconds;
  for (const auto& [index, evaluation] : finished_) seconds.simulate += evaluation.seconds;
  seconds.model = model_seconds_;
  seconds.total = seconds_since(began_);
  run::Json result =
      result_json(problem_, finished_, design, again, folder_.manifest().at("rng_seed").get<std::uint64_t>(), seconds);
  if (const auto history = folder_.manifest().find("history"); history != folder_.manifest().end())
    result["learned"] = learned_json(*history);
  return result;
}

void Session::write_outputs(const run::Json& result) const {
  if (!problem_.evaluator) {
    const auto variables = result.at("best").at("variables").get<std::map<std::string, double>>();
    folder_.write("sized.param.inc", spice::param_lines(variables));
    folder_.write("sized.cir", spice::sized_deck(problem_, problem_.corners.front(), variables));
  }
  // Last: result.json says that the run is complete.
  folder_.write("result.json", result.dump(2) + "\n");
}

}  // namespace exturbo::sizing
