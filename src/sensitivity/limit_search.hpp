// Designs that hold given bounds at the least objective, by local models and simulation.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <Eigen/Core>
#include <utility>
#include <vector>

#include "exturbo/bo/search_space.hpp"
#include "limits.hpp"
#include "local_models.hpp"

namespace exturbo::sensitivity {

/// All that it takes outlive it.
class LimitSearch {
 public:
  LimitSearch(const problem::Problem& problem, LocalModels& models, const Eigen::VectorXd& unit,
              const run::Evaluation& design, sizing::DesignEvaluator& evaluator);

  struct Answer {
    Eigen::VectorXd unit;           ///< Of the best simulated design.
    Proposal predicted, simulated;  ///< Without their changes.
  };

  /// Proposes and simulates designs for the bounds around the one of least merit so far. Each round one is from a wide
  /// box, where integers can change and what misleads the models is found out, and one from a near box that grows where
  /// the models held good in it and shrinks where they did not (Conn, Gould & Toint 2000, ch. 6). Ends when neither
  /// promises anything. True if it gained. \param rounds at most.
  bool search(const std::vector<Bound>& bounds, int rounds);

  /// The best for the bounds of all designs simulated so far, for whichever question.
  Answer best(const std::vector<Bound>& bounds) const;

 private:
  /// A simulated design, and the objective that the models predicted for it.
  struct Tried {
    Eigen::VectorXd unit;
    run::Evaluation made;
    double predicted = 0;
  };

  /// What the models propose in boxes around a design, one for each half side.
  std::vector<Eigen::VectorXd> propose(const std::vector<Bound>& bounds, const Eigen::VectorXd& centre,
                                       const std::vector<double>& reaches) const;
  /// Simulates designs at once and takes those that did not fail into the models. Their merits.
  std::vector<double> simulate(const std::vector<Bound>& bounds, const std::vector<Eigen::VectorXd>& proposals);

  Proposal judged(const std::vector<Bound>& bounds, const run::Evaluation& made) const;
  /// What is minimised where not all bounds hold: the objective, by its size, and a penalty for what is missed.
  double merit(const Proposal& proposal) const;
  double predicted_merit(const std::vector<Bound>& bounds, const Eigen::VectorXd& unit) const;
  /// The design simulated so far of least merit for the bounds, and that.
  std::pair<Eigen::VectorXd, double> least_merit(const std::vector<Bound>& bounds) const;

  const problem::Problem& problem_;
  LocalModels& models_;
  bo::SearchSpace space_;
  sizing::DesignEvaluator& evaluator_;
  std::vector<Tried> tried_;  ///< The run's design first.
};

}  // namespace exturbo::sensitivity
