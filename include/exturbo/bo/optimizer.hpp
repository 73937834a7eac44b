// Constrained trust-region Bayesian optimisation by ask and tell.
// SPDX-License-Identifier: BSD-3-Clause
//
// Method: trust regions around the incumbent (TuRBO, Eriksson et al. 2019), one Gaussian process with a quadratic trend
// per output and a feasibility-first ranking (SCBO, Eriksson & Poloczek 2021), optima of lower confidence bounds, log
// probability of feasibility and pathwise Thompson samples (Wilson et al. 2020) in turn; src/bo/README.md states it as
// built.
//
// Promises:
// - ask() is a function of (search space, options, seeds, what was learned, the sequence of ask and tell calls so far):
//   replaying the calls gives bitwise the same suggestions in the same binary on the same machine, for any number of
//   threads.
// - No point is suggested twice, after rounding, unless the space has no other point left.
// - A model that cannot be fitted is a counted event, never an exception or a NaN: a usable fallback answers.
// - One ask() costs O(n^2 m) for n <= Options::max_model_points model points and m outputs, plus O(n^3 m) when models
//   are re-fitted (after a number of new evaluations that grows with their count) or others are nearest, plus O(d) for
//   each evaluation told or learned.
// An Optimizer is not thread-safe; different ones are independent.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "exturbo/bo/options.hpp"
#include "exturbo/bo/outcome.hpp"
#include "exturbo/bo/prior_evaluation.hpp"
#include "exturbo/bo/search_space.hpp"

namespace exturbo::bo {

/// Why a point was suggested.
enum class Origin { kInitial, kSeed, kModel };
const char* to_string(Origin origin);

/// A point to evaluate.
struct Suggestion {
  int id = 0;                  ///< 1, 2, 3, ... in the order of ask().
  std::vector<double> unit;    ///< In the unit cube, after rounding.
  std::vector<double> values;  ///< The same point in the caller's units.
  Origin origin = Origin::kInitial;
  int seed = -1;  ///< For kSeed: index in the order of suggest(), from 0.
};

/// The best evaluation told so far.
struct Best {
  int id = 0;
  bool feasible = false;
  double objective = 0;  ///< As told; NaN if unmeasured.
  double violation = 0;  ///< Sum of scaled violations; 0 when feasible.
  std::vector<double> unit;
  std::vector<double> values;
};

/// Where the optimiser stands; for logs and reports.
struct Statistics {
  int told = 0;
  int learned = 0;  ///< Prior evaluations in use: no evaluations, and in no other number here.
  int failed = 0;   ///< Failed evaluations among those told.
  int feasible = 0;
  int restarts = 0;           ///< Trust regions given up.
  double length = 0;          ///< Side of the present trust region.
  int fits = 0;               ///< Models fitted (one per output and re-fit).
  int failed_fits = 0;        ///< Of those, how many kept their earlier hyperparameters.
  int likelihoods = 0;        ///< Evaluations of a marginal likelihood with gradient.
  double seconds_fit = 0;     ///< Wall time in fitting.
  double seconds_choose = 0;  ///< Wall time in choosing points.
};

class Optimizer {
 public:
  /// \param constraints number of constraints of every outcome, >= 0.
  /// \throws core::InputError with all faults of the options; core::EnvironmentError if they ask for a device that is not
  /// there.
  Optimizer(SearchSpace space, int constraints, Options options = {});
  ~Optimizer();
  Optimizer(Optimizer&&) noexcept;
  Optimizer& operator=(Optimizer&&) noexcept;

  /// Adds warm-start points, given as values; NaN entries are filled with the middle of the range, the rest is rounded
  /// and clipped; those equal after rounding are dropped. The first is asked before everything else not asked yet, the
  /// others in turn with other points as long as they prove worth it (src/bo/README.md).
  /// \throws std::invalid_argument if a point has the wrong number of values.
  void suggest(const std::vector<std::vector<double>>& seeds);

  /// Learns from evaluations made before this run. They enter the models, that of failures included, like told ones:
  /// the nearest, at most Options::max_model_points, of which half are for told ones. They are no evaluations of the
  /// run: not told, never the best or the incumbent of a trust region, and a point learned may be asked, after which
  /// the run's own outcome counts there. Values are rounded and clipped; of those equal after rounding the first
  /// counts. With as many measured ones as the initial design has points, two of those are left, and scales of
  /// constraints without a hint are the medians of |c_j| over what was learned, not over the first evaluations.
  /// \throws std::invalid_argument, having learned nothing, if one has the wrong number of values or constraints or a
  /// value that is NaN; std::logic_error after the first ask().
  void learn(const std::vector<PriorEvaluation>& evaluations);

  /// Values of the best that were learned and did not fail, best first, by the ranking of the run: feasible ones by
  /// their objective, then the others by their violation. Each differs from those before it by at least `distance` of
  /// some variable's range in the unit cube.
  std::vector<std::vector<double>> best_learned(int count, double distance) const;

  /// The next point to evaluate, given all told outcomes and the suggestions still pending.
  Suggestion ask();

  /// Tells what came of suggestion `id`.
  /// \throws std::invalid_argument if `id` was never asked or is already told, or the number of constraints is wrong.
  void tell(int id, const Outcome& outcome);

  /// Best feasible evaluation, else the one of least violation; nothing before the first that did not fail.
  std::optional<Best> best() const;

  const SearchSpace& space() const;
  const Options& options() const;
  Statistics statistics() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace exturbo::bo
