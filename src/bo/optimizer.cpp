// Ask and tell: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/bo/optimizer.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <deque>
#include <stdexcept>
#include <string>
#include <utility>

#include "chooser.hpp"
#include "exturbo/gp/accelerator.hpp"
#include "exturbo/gp/sobol.hpp"
#include "history.hpp"
#include "ranking.hpp"
#include "schedule.hpp"
#include "seed_queue.hpp"
#include "surrogate.hpp"
#include "trust_region.hpp"
#include "vectors.hpp"

namespace exturbo::bo {
namespace {

int initial_design_size(const Options& options, int dimensions) {
  return options.initial_design > 0 ? options.initial_design : std::clamp(dimensions / 2, 4, 20);
}

// Nearer than this to an earlier point a posterior optimum tells nothing new.
constexpr double kIndistinct = 1e-7;
// A posterior optimum nearer to the incumbent than this share of the box, in every variable, is the incumbent: the
// models see nothing better in the whole region, which then need not wait for failures to shrink.
constexpr double kStalledStep = 0.002;
// In the objective's model units (deviations of its values): a noise below the one and a gain below the other mean that
// a region has converged.
constexpr double kSmooth = 0.02;
constexpr double kNextToNothing = 0.005;
// A later region's box reaches to this share of the way to an optimum found before; below that side it ends.
constexpr double kKeptOff = 0.9;
constexpr double kTooNear = 0.02;
// Each posterior optimum that turned out infeasible doubles the margins of the next, up to 2^8.
constexpr int kMostRejected = 8;
// Points of the initial design that are left where as much was learned as it would tell: a control of what was learned.
constexpr std::size_t kDesignAfterLearning = 2;
// Of Thompson samples while no feasible point is known: closer to the posterior mean than a full sample.
constexpr double kSearchTemperature = 0.3;

}  // namespace

const char* to_string(Origin origin) {
  switch (origin) {
    case Origin::kInitial:
      return "initial";
    case Origin::kSeed:
      return "seed";
    case Origin::kModel:
      return "model";
  }
  return "unknown";
}

class Optimizer::Impl {
 public:
  Impl(SearchSpace space, int constraints, Options options)
      : space_(std::move(space)),
        constraints_(constraints),
        options_(std::move(options)),
        hints_(options_.constraint_hints),
        active_(start_region(0)),
        models_(space_.size(), constraints, options_) {}

  void suggest(const std::vector<std::vector<double>>& seeds);
  void learn(const std::vector<PriorEvaluation>& evaluations);
  std::vector<std::vector<double>> best_learned(int count, double distance) const;
  Suggestion ask();
  void tell(int id, const Outcome& outcome);
  std::optional<Best> best() const;
  Statistics statistics() const;
  const SearchSpace& space() const { return space_; }
  const Options& options() const { return options_; }

 private:
  /// A trust region and what belongs to it.
  struct Region {
    int index = 0;
    TrustRegion box;
    std::deque<Eigen::VectorXd> design;  // points of the initial design still to ask
    int rejected_optima = 0;  // posterior optima in a row that turned out infeasible, a feasible point being known
    bool ended = false;
  };

  void check_constraints(const Outcome& outcome) const;
  void learn_scales();
  Region start_region(int index) const;
  void next_region();
  Region* region_of(const Evaluation& evaluation);
  Ranking ranking() const;
  const Evaluation* best_of(int region) const;
  Suggestion issue(const Eigen::VectorXd& unit, Origin origin, int seed, bool exploits, int region);
  Suggestion issue_random();
  Suggestion issue_from_models(const Evaluation& incumbent);
  std::optional<Suggestion> polish();
  template <class Work>
  auto with_models(const Work& work);
  ChoiceContext context(const Region& region, const Evaluation& incumbent);
  void keep_off(const std::vector<Eigen::VectorXd>& optima, const Eigen::VectorXd& centre, Box& box);
  bool converged(const Evaluation& incumbent, const Eigen::VectorXd& optimum) const;

  SearchSpace space_;
  int constraints_;
  Options options_;
  std::vector<OutputHint> hints_;  // of the constraints, with the scales that were learned
  History history_;
  SeedQueue seeds_;
  int seeds_given_ = 0;
  Region active_;
  std::optional<Region> polished_;       // converged: one ask in a cycle refines it
  std::vector<Eigen::VectorXd> optima_;  // of regions that converged
  SurrogateSet models_;
  int model_asks_ = 0;
  double seconds_choose_ = 0;
};

Optimizer::Impl::Region Optimizer::Impl::start_region(int index) const {
  Region region{index, TrustRegion(options_, space_.size()), {}, 0, false};
  core::RandomStream stream(options_.rng_seed, static_cast<std::uint64_t>(index), core::Purpose::kInitialDesign);
  const Eigen::MatrixXd points =
      gp::shifted_sobol_points(space_.size(), initial_design_size(options_, space_.size()), stream);
  for (Eigen::Index i = 0; i < points.cols(); ++i) region.design.push_back(points.col(i));
  return region;
}

void Optimizer::Impl::suggest(const std::vector<std::vector<double>>& seeds) {
  for (const std::vector<double>& seed : seeds) {
    if (static_cast<int>(seed.size()) != space_.size()) {
      throw std::invalid_argument("a seed has " + std::to_string(seed.size()) + " values, the search space has " +
                                  std::to_string(space_.size()) + " variables");
    }
  }
  for (const std::vector<double>& seed : seeds) {
    const std::vector<double> values = space_.round_values(seed);
    if (!history_.contains(values)) seeds_.add(seeds_given_, values, as_vector(space_.to_unit(values)));
    ++seeds_given_;
  }
}

void Optimizer::Impl::learn(const std::vector<PriorEvaluation>& evaluations) {
  if (history_.next_id() > 1) throw std::logic_error("learn() comes before the first ask()");
  for (const PriorEvaluation& evaluation : evaluations) {
    if (static_cast<int>(evaluation.values.size()) != space_.size()) {
      throw std::invalid_argument("a prior evaluation has " + std::to_string(evaluation.values.size()) +
                                  " values, the search space has " + std::to_string(space_.size()) + " variables");
    }
    if (std::any_of(evaluation.values.begin(), evaluation.values.end(), [](double v) { return std::isnan(v); }))
      throw std::invalid_argument("a prior evaluation has a value that is not a number");
    check_constraints(evaluation.outcome);
  }
  LearnedPoints& learned = history_.learned();
  for (const PriorEvaluation& evaluation : evaluations) {
    const std::vector<double> values = space_.round_values(evaluation.values);
    learned.add(values, space_.to_unit(values), evaluation.outcome);
  }
  if (learned.measured() < initial_design_size(options_, space_.size())) return;
  if (active_.design.size() > kDesignAfterLearning) active_.design.resize(kDesignAfterLearning);
  learn_scales();
}

/// Scales of constraints without a hint: they then stay what they are from the first ask on.
void Optimizer::Impl::learn_scales() {
  hints_ = options_.constraint_hints;
  hints_.resize(static_cast<std::size_t>(constraints_));
  const LearnedPoints& learned = history_.learned();
  for (std::size_t j = 0; j < hints_.size(); ++j) {
    if (hints_[j].scale > 0) continue;
    std::vector<double> sizes;
    for (int i = 0; i < learned.size(); ++i) {
      if (learned.outcome(i).failed) continue;
      const double size = std::abs(learned.outcome(i).constraints[j]);
      if (std::isfinite(size)) sizes.push_back(size);
    }
    if (!sizes.empty()) hints_[j].scale = median_scale(std::move(sizes));
  }
}

std::vector<std::vector<double>> Optimizer::Impl::best_learned(int count, double distance) const {
  const LearnedPoints& learned = history_.learned();
  const Ranking ranks = ranking();
  std::vector<int> order;
  for (int i = 0; i < learned.size(); ++i) {
    if (!learned.outcome(i).failed) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](int a, int b) { return ranks.better(learned.outcome(a), learned.outcome(b)); });
  const auto units = learned.units();
  std::vector<int> chosen;
  for (const int i : order) {
    if (static_cast<int>(chosen.size()) >= count) break;
    if (std::all_of(chosen.begin(), chosen.end(),
                    [&](int other) { return (units.col(i) - units.col(other)).lpNorm<Eigen::Infinity>() >= distance; }))
      chosen.push_back(i);
  }
  std::vector<std::vector<double>> points;
  for (const int i : chosen) points.push_back(learned.values(i));
  return points;
}

Ranking Optimizer::Impl::ranking() const {
  return {history_, hints_, constraints_, initial_design_size(options_, space_.size())};
}

/// Best measured evaluation of a trust region, or of all (-1); the earliest of equals.
const Evaluation* Optimizer::Impl::best_of(int region) const {
  const Ranking ranks = ranking();
  const Evaluation* best = nullptr;
  for (const Evaluation& e : history_.all()) {
    if (!e.measured() || (region >= 0 && e.region != region)) continue;
    if (best == nullptr || ranks.better(e.outcome, best->outcome)) best = &e;
  }
  return best;
}

Suggestion Optimizer::Impl::issue(const Eigen::VectorXd& unit, Origin origin, int seed, bool exploits, int region) {
  Evaluation evaluation;
  evaluation.suggestion.id = history_.next_id();
  evaluation.suggestion.values = space_.to_values(as_std(unit));
  evaluation.suggestion.unit = space_.to_unit(evaluation.suggestion.values);
  evaluation.suggestion.origin = origin;
  evaluation.suggestion.seed = seed;
  evaluation.unit = as_vector(evaluation.suggestion.unit);
  evaluation.region = region;
  evaluation.exploits = exploits;
  return history_.add(std::move(evaluation)).suggestion;
}

/// A uniform point not asked before; after many tries (a space of few grid points) any point.
Suggestion Optimizer::Impl::issue_random() {
  core::RandomStream stream(options_.rng_seed, static_cast<std::uint64_t>(history_.next_id()), core::Purpose::kRestart);
  Eigen::VectorXd unit(space_.size());
  for (int attempt = 0; attempt < 10000; ++attempt) {
    for (Eigen::Index j = 0; j < unit.size(); ++j) unit[j] = stream.uniform();
    if (!history_.contains(space_.to_values(as_std(unit)))) break;
  }
  return issue(unit, Origin::kInitial, -1, false, active_.index);
}

/// What `work` returns. Where a device fails it is left, and the work done again from where it began, by models on the
/// CPU.
template <class Work>
auto Optimizer::Impl::with_models(const Work& work) {
  const Region active = active_;
  const std::optional<Region> polished = polished_;
  const int asks = model_asks_;
  try {
    return work();
  } catch (const gp::DeviceError& error) {
    gp::retire_accelerator(error.what());
    active_ = active;
    polished_ = polished;
    model_asks_ = asks;
    models_ = SurrogateSet(space_.size(), constraints_, options_);
    return work();
  }
}

Suggestion Optimizer::Impl::ask() {
  if (const auto seed = seeds_.next(history_, ranking(), options_.batch)) {
    // A seed after the first, which has proved nothing yet, stands for a point of the design; at least half stays.
    std::deque<Eigen::VectorXd>& design = active_.design;
    if (history_.told() > 0 && 2 * static_cast<int>(design.size()) > initial_design_size(options_, space_.size()))
      design.pop_back();
    return issue(as_vector(space_.to_unit(seed->values)), Origin::kSeed, seed->index, false, active_.index);
  }
  if (const std::optional<Suggestion> polished = with_models([&] { return polish(); })) return *polished;
  if (active_.ended || active_.box.exhausted()) next_region();
  while (!active_.design.empty()) {
    const Eigen::VectorXd unit = active_.design.front();
    active_.design.pop_front();
    if (!history_.contains(space_.to_values(as_std(unit))))
      return issue(unit, Origin::kInitial, -1, false, active_.index);
  }
  const Evaluation* incumbent = best_of(active_.index);
  if (incumbent == nullptr || history_.measured() + history_.learned().measured() < 3) return issue_random();
  return with_models([&] { return issue_from_models(*incumbent); });
}

ChoiceContext Optimizer::Impl::context(const Region& region, const Evaluation& incumbent) {
  models_.update(history_, ranking(), incumbent, side_weights(models_.lengthscales(incumbent.outcome)));
  Eigen::VectorXd weights = side_weights(models_.lengthscales(incumbent.outcome));
  if (incumbent.suggestion.origin == Origin::kSeed) weights.array() *= seeds_.weights(space_.size()).array();
  return {models_,
          space_,
          options_,
          incumbent,
          region.box.box(incumbent.unit, weights),
          history_.next_id(),
          0.0,
          std::pow(2.0, std::min(region.rejected_optima, kMostRejected))};
}

/// The next point of the converged region, once a cycle.
std::optional<Suggestion> Optimizer::Impl::polish() {
  if (!polished_ || polished_->box.exhausted()) return std::nullopt;
  const int index = polished_->index;
  if (history_.recent_any(cycle_length(options_) - 1, [&](const Evaluation& e) { return e.region == index; })) {
    return std::nullopt;
  }
  const Evaluation& incumbent = *best_of(index);
  const ChoiceContext choice = context(*polished_, incumbent);
  const auto begin = std::chrono::steady_clock::now();
  const auto [optimum, preference] = choose_posterior_optimum(choice);
  const Eigen::VectorXd& unit = preference.front();
  seconds_choose_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  if (choice.box.has_nothing_but(incumbent.unit, optimum, kStalledStep)) polished_->box.stall();
  if (history_.near(unit, kIndistinct) || history_.contains(space_.to_values(as_std(unit)))) return std::nullopt;
  return issue(unit, Origin::kModel, -1, true, index);
}

/// Draws the box in until no optimum found before is inside: there the search would only find it again. Ends a region
/// that has come too near one.
void Optimizer::Impl::keep_off(const std::vector<Eigen::VectorXd>& optima, const Eigen::VectorXd& centre, Box& box) {
  const Eigen::ArrayXd half = 0.5 * (box.upper - box.lower).array().max(1e-12);
  double share = 1;
  for (const Eigen::VectorXd& optimum : optima) {
    share = std::min(share, kKeptOff * ((optimum - centre).array().abs() / half).maxCoeff());
  }
  box.lower = centre + share * (box.lower - centre);
  box.upper = centre + share * (box.upper - centre);
  if (share * active_.box.length() < kTooNear) active_.ended = true;
}

/// True once the models of a smooth objective see next to nothing left to gain in the region.
bool Optimizer::Impl::converged(const Evaluation& incumbent, const Eigen::VectorXd& optimum) const {
  if (constraints_ > 0) return false;  // the optimum sits on boundaries: their models need the region's evaluations
  const gp::GaussianProcess& objective = models_.outputs().front().process;
  if (std::sqrt(objective.hyperparameters().noise_variance) > kSmooth) return false;
  return objective.mean_at(incumbent.unit, nullptr) - objective.mean_at(optimum, nullptr) < kNextToNothing;
}

Suggestion Optimizer::Impl::issue_from_models(const Evaluation& incumbent) {
  ChoiceContext choice = context(active_, incumbent);
  const auto begin = std::chrono::steady_clock::now();
  const bool feasible_known = Ranking::feasible(incumbent.outcome);
  if (feasible_known) keep_off(optima_, incumbent.unit, choice.box);
  const bool searching = history_.pending_any([](const Evaluation& e) { return e.exploits; });
  const Turn turn =
      turn_of(options_, model_asks_++ % cycle_length(options_), constraints_ > 0, feasible_known, searching);
  choice.optimism = turn.optimism;
  Preference preference;
  if (turn.choice == Choice::kFeasibility) preference = choose_feasibility(choice);
  if (turn.choice == Choice::kExpectedImprovement) preference = choose_expected_improvement(choice);
  if (turn.choice == Choice::kPosteriorOptimum) {
    auto [optimum, ranked] = choose_posterior_optimum(choice);
    preference = std::move(ranked);
    if (turn.optimism == 0) {
      if (choice.box.has_nothing_but(incumbent.unit, optimum, kStalledStep)) active_.box.stall();
      if (converged(incumbent, optimum)) active_.ended = true;
    }
  }
  bool exploits = !preference.empty();
  if (exploits) exploits = !history_.near(preference.front(), kIndistinct);
  if (!exploits) preference = choose_thompson(choice, feasible_known ? 1.0 : kSearchTemperature);
  seconds_choose_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  for (const Eigen::VectorXd& unit : preference) {
    if (!history_.contains(space_.to_values(as_std(unit)))) {
      return issue(unit, Origin::kModel, -1, exploits, active_.index);
    }
  }
  return issue_random();
}

/// Ends the active region and starts the next; one that converged to the best so far goes on being polished.
void Optimizer::Impl::next_region() {
  const int next = active_.index + 1;
  const Evaluation* best = best_of(active_.index);
  if (active_.ended && best != nullptr && Ranking::feasible(best->outcome)) {
    optima_.push_back(best->unit);
    const Evaluation* polished = polished_ ? best_of(polished_->index) : nullptr;
    if (polished == nullptr || ranking().better(best->outcome, polished->outcome)) polished_ = std::move(active_);
  }
  active_ = start_region(next);
}

Optimizer::Impl::Region* Optimizer::Impl::region_of(const Evaluation& evaluation) {
  if (evaluation.region == active_.index) return &active_;
  return polished_ && evaluation.region == polished_->index ? &*polished_ : nullptr;
}

void Optimizer::Impl::check_constraints(const Outcome& outcome) const {
  if (!outcome.failed && static_cast<int>(outcome.constraints.size()) != constraints_) {
    throw std::invalid_argument("an outcome has " + std::to_string(outcome.constraints.size()) +
                                " constraints, the optimiser was made for " + std::to_string(constraints_));
  }
}

void Optimizer::Impl::tell(int id, const Outcome& outcome) {
  if (!history_.has(id)) throw std::invalid_argument("suggestion " + std::to_string(id) + " was never asked");
  if (history_.at(id).told) throw std::invalid_argument("suggestion " + std::to_string(id) + " is already told");
  check_constraints(outcome);
  const Evaluation& evaluation = history_.at(id);
  Region* region = region_of(evaluation);
  const Evaluation* incumbent = best_of(evaluation.region);
  const bool improved = !outcome.failed && (incumbent == nullptr || ranking().better(outcome, incumbent->outcome));
  const bool feasible_known = incumbent != nullptr && Ranking::feasible(incumbent->outcome);
  history_.tell(id, outcome);
  if (region == nullptr) return;
  if (evaluation.exploits && feasible_known) {
    region->rejected_optima = Ranking::feasible(outcome) ? 0 : region->rejected_optima + 1;
  }
  if (evaluation.suggestion.origin == Origin::kModel) region->box.record(improved);
}

std::optional<Best> Optimizer::Impl::best() const {
  const Evaluation* e = best_of(-1);
  if (e == nullptr) return std::nullopt;
  Best best;
  best.id = e->suggestion.id;
  best.feasible = Ranking::feasible(e->outcome);
  best.objective = e->outcome.objective;
  best.violation = ranking().violation(e->outcome);
  best.unit = e->suggestion.unit;
  best.values = e->suggestion.values;
  return best;
}

Statistics Optimizer::Impl::statistics() const {
  Statistics s;
  for (const Evaluation& e : history_.all()) {
    s.told += e.told;
    s.failed += e.told && e.outcome.failed;
    s.feasible += e.measured() && Ranking::feasible(e.outcome);
  }
  s.learned = history_.learned().size();
  s.restarts = active_.index;
  s.length = active_.box.length();
  for (const Surrogate& output : models_.outputs()) {
    s.fits += output.fits;
    s.failed_fits += output.failed_fits;
    s.likelihoods += output.likelihoods;
  }
  s.seconds_fit = models_.seconds_fit();
  s.seconds_choose = seconds_choose_;
  return s;
}

namespace {

Options checked(Options options, int constraints) {
  std::vector<core::Fault> faults = check(options, constraints);
  if (!faults.empty()) throw core::InputError(std::move(faults));
  gp::require_device(options.compute);
  return options;
}

}  // namespace

Optimizer::Optimizer(SearchSpace space, int constraints, Options options)
    : impl_(std::make_unique<Impl>(std::move(space), constraints, checked(std::move(options), constraints))) {}
Optimizer::~Optimizer() = default;
Optimizer::Optimizer(Optimizer&&) noexcept = default;
Optimizer& Optimizer::operator=(Optimizer&&) noexcept = default;

void Optimizer::suggest(const std::vector<std::vector<double>>& seeds) { impl_->suggest(seeds); }
void Optimizer::learn(const std::vector<PriorEvaluation>& evaluations) { impl_->learn(evaluations); }
std::vector<std::vector<double>> Optimizer::best_learned(int count, double distance) const {
  return impl_->best_learned(count, distance);
}
Suggestion Optimizer::ask() { return impl_->ask(); }
void Optimizer::tell(int id, const Outcome& outcome) { impl_->tell(id, outcome); }
std::optional<Best> Optimizer::best() const { return impl_->best(); }
const SearchSpace& Optimizer::space() const { return impl_->space(); }
const Options& Optimizer::options() const { return impl_->options(); }
Statistics Optimizer::statistics() const { return impl_->statistics(); }

}  // namespace exturbo::bo
