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
#include "exturbo/gp/sobol.hpp"
#include "history.hpp"
#include "ranking.hpp"
#include "surrogate.hpp"
#include "trust_region.hpp"

namespace exturbo::bo {
namespace {

Eigen::VectorXd as_vector(const std::vector<double>& v) {
  return Eigen::Map<const Eigen::VectorXd>(v.data(), static_cast<Eigen::Index>(v.size()));
}
std::vector<double> as_std(const Eigen::VectorXd& v) { return {v.data(), v.data() + v.size()}; }

int initial_design_size(const Options& options, int dimensions) {
  return options.initial_design > 0 ? options.initial_design : std::clamp(dimensions, 5, 20);
}

// Nearer than this to an earlier point a posterior optimum tells nothing new.
constexpr double kIndistinct = 1e-7;
// A posterior optimum nearer to the incumbent than this share of the box, in every variable, is the incumbent: the
// models see nothing better in the whole region, which then need not wait for failures to shrink.
constexpr double kStalledStep = 0.002;
// Each posterior optimum that turned out infeasible doubles the margins of the next, up to 2^8.
constexpr int kMostRejected = 8;
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
        region_(options_, space_.size()),
        models_(space_.size(), constraints, options_) {
    start_design(initial_design_size(options_, space_.size()));
  }

  void suggest(const std::vector<std::vector<double>>& seeds);
  Suggestion ask();
  void tell(int id, const Outcome& outcome);
  std::optional<Best> best() const;
  Statistics statistics() const;
  const SearchSpace& space() const { return space_; }
  const Options& options() const { return options_; }

 private:
  void start_design(int count);
  Ranking ranking() const;
  const Evaluation* best_of(int region) const;
  Suggestion issue(const Eigen::VectorXd& unit, Origin origin, int seed, bool exploits);
  Suggestion issue_random();
  Suggestion issue_from_models(const Evaluation& incumbent);
  void restart_if_exhausted();

  SearchSpace space_;
  int constraints_;
  Options options_;
  History history_;
  std::deque<std::pair<int, std::vector<double>>> seeds_;  // index, rounded values
  int seeds_given_ = 0;
  std::deque<Eigen::VectorXd> design_;
  TrustRegion region_;
  int region_index_ = 0;
  SurrogateSet models_;
  int model_asks_ = 0;
  int rejected_optima_ = 0;  // posterior optima in a row that turned out infeasible, a feasible point being known
  double seconds_choose_ = 0;
};

void Optimizer::Impl::start_design(int count) {
  core::RandomStream stream(options_.rng_seed, static_cast<std::uint64_t>(region_index_),
                            core::Purpose::kInitialDesign);
  const Eigen::MatrixXd points = gp::shifted_sobol_points(space_.size(), count, stream);
  design_.clear();
  for (Eigen::Index i = 0; i < points.cols(); ++i) design_.push_back(points.col(i));
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
    const bool queued = std::any_of(seeds_.begin(), seeds_.end(), [&](const auto& s) { return s.second == values; });
    if (!queued && !history_.contains(values)) {
      seeds_.emplace_back(seeds_given_, values);
      // A seed stands for a point of the design, of which at least half stays: seeds may all be wrong.
      if (2 * static_cast<int>(design_.size()) > initial_design_size(options_, space_.size())) design_.pop_back();
    }
    ++seeds_given_;
  }
}

Ranking Optimizer::Impl::ranking() const {
  return {history_, options_.constraint_hints, constraints_, initial_design_size(options_, space_.size())};
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

Suggestion Optimizer::Impl::issue(const Eigen::VectorXd& unit, Origin origin, int seed, bool exploits) {
  Evaluation evaluation;
  evaluation.suggestion.id = history_.next_id();
  evaluation.suggestion.values = space_.to_values(as_std(unit));
  evaluation.suggestion.unit = space_.to_unit(evaluation.suggestion.values);
  evaluation.suggestion.origin = origin;
  evaluation.suggestion.seed = seed;
  evaluation.unit = as_vector(evaluation.suggestion.unit);
  evaluation.region = region_index_;
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
  return issue(unit, Origin::kInitial, -1, false);
}

Suggestion Optimizer::Impl::ask() {
  while (!seeds_.empty()) {
    const auto [index, values] = seeds_.front();
    seeds_.pop_front();
    if (history_.contains(values)) continue;
    return issue(as_vector(space_.to_unit(values)), Origin::kSeed, index, false);
  }
  restart_if_exhausted();
  while (!design_.empty()) {
    const Eigen::VectorXd unit = design_.front();
    design_.pop_front();
    if (!history_.contains(space_.to_values(as_std(unit)))) return issue(unit, Origin::kInitial, -1, false);
  }
  const Evaluation* incumbent = best_of(region_index_);
  const auto measured =
      std::count_if(history_.all().begin(), history_.all().end(), [](const Evaluation& e) { return e.measured(); });
  if (incumbent == nullptr || measured < 3) return issue_random();
  return issue_from_models(*incumbent);
}

Suggestion Optimizer::Impl::issue_from_models(const Evaluation& incumbent) {
  Eigen::VectorXd weights = side_weights(models_.lengthscales(incumbent.outcome));
  models_.update(history_, ranking(), incumbent, weights);
  weights = side_weights(models_.lengthscales(incumbent.outcome));
  const auto begin = std::chrono::steady_clock::now();
  const ChoiceContext context{models_,
                              options_,
                              incumbent,
                              region_.box(incumbent.unit, weights),
                              history_.next_id(),
                              std::pow(2.0, std::min(rejected_optima_, kMostRejected))};
  const bool exploiting = std::any_of(history_.all().begin(), history_.all().end(),
                                      [](const Evaluation& e) { return !e.told && e.exploits; });
  ++model_asks_;
  bool exploits =
      options_.acquisition == Acquisition::kMixed && !exploiting && (options_.batch > 1 || model_asks_ % 2 == 1);
  Preference preference;
  if (exploits) {
    preference = choose_posterior_optimum(context);
    const Eigen::ArrayXd step = (preference.front() - incumbent.unit).array();
    if ((step.abs() < kStalledStep * (context.box.upper - context.box.lower).array()).all()) region_.stall();
    const Eigen::VectorXd& first = preference.front();
    exploits = std::none_of(history_.all().begin(), history_.all().end(), [&](const Evaluation& e) {
      return (e.unit - first).lpNorm<Eigen::Infinity>() < kIndistinct;
    });
  }
  if (!exploits) {
    preference = choose_thompson(context, Ranking::feasible(incumbent.outcome) ? 1.0 : kSearchTemperature);
  }
  seconds_choose_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  for (const Eigen::VectorXd& unit : preference) {
    if (!history_.contains(space_.to_values(as_std(unit)))) return issue(unit, Origin::kModel, -1, exploits);
  }
  return issue_random();
}

void Optimizer::Impl::restart_if_exhausted() {
  if (!region_.exhausted()) return;
  ++region_index_;
  region_ = TrustRegion(options_, space_.size());
  start_design(initial_design_size(options_, space_.size()));
}

void Optimizer::Impl::tell(int id, const Outcome& outcome) {
  if (!history_.has(id)) throw std::invalid_argument("suggestion " + std::to_string(id) + " was never asked");
  if (history_.at(id).told) throw std::invalid_argument("suggestion " + std::to_string(id) + " is already told");
  if (!outcome.failed && static_cast<int>(outcome.constraints.size()) != constraints_) {
    throw std::invalid_argument("an outcome has " + std::to_string(outcome.constraints.size()) +
                                " constraints, the optimiser was made for " + std::to_string(constraints_));
  }
  const Evaluation* incumbent = best_of(region_index_);
  Evaluation& evaluation = history_.at(id);
  const bool improved = !outcome.failed && (incumbent == nullptr || ranking().better(outcome, incumbent->outcome));
  if (evaluation.exploits && incumbent != nullptr && Ranking::feasible(incumbent->outcome)) {
    rejected_optima_ = Ranking::feasible(outcome) ? 0 : rejected_optima_ + 1;
  }
  evaluation.told = true;
  evaluation.outcome = outcome;
  if (evaluation.region == region_index_ && evaluation.suggestion.origin == Origin::kModel) region_.record(improved);
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
  s.restarts = region_index_;
  s.length = region_.length();
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
  return options;
}

}  // namespace

Optimizer::Optimizer(SearchSpace space, int constraints, Options options)
    : impl_(std::make_unique<Impl>(std::move(space), constraints, checked(std::move(options), constraints))) {}
Optimizer::~Optimizer() = default;
Optimizer::Optimizer(Optimizer&&) noexcept = default;
Optimizer& Optimizer::operator=(Optimizer&&) noexcept = default;

void Optimizer::suggest(const std::vector<std::vector<double>>& seeds) { impl_->suggest(seeds); }
Suggestion Optimizer::ask() { return impl_->ask(); }
void Optimizer::tell(int id, const Outcome& outcome) { impl_->tell(id, outcome); }
std::optional<Best> Optimizer::best() const { return impl_->best(); }
const SearchSpace& Optimizer::space() const { return impl_->space(); }
const Options& Optimizer::options() const { return impl_->options(); }
Statistics Optimizer::statistics() const { return impl_->statistics(); }

}  // namespace exturbo::bo
