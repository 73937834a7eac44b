// The loop of one sizing run: ask, evaluate, judge, journal, tell.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "corner_stages.hpp"
#include "evaluator.hpp"
#include "exturbo/bo/optimizer.hpp"
#include "exturbo/sizing/size.hpp"
#include "exturbo/spice/pool.hpp"

namespace exturbo::sizing {

class Session {
 public:
  Session(run::RunFolder& folder, problem::Problem problem, const Machine& machine, const Control& control);

  /// Runs to the end or to an interruption, and writes the outputs at the end.
  SizeSummary run();

 private:
  /// What the optimiser proposed, and where it searched.
  struct Proposal {
    bo::Suggestion suggestion;
    std::optional<run::TrustRegion> region;
  };
  struct Slot {
    Proposal proposal;
    int start = 0;
    std::vector<std::size_t> active;        ///< Corners of the first stage.
    bool derived_cards = false;             ///< As long as it is not confirmed on the original ones.
    std::optional<spice::Outcome> first{};  ///< What came of the first stage, once the second one runs.
    double seconds = 0;                     ///< On the derived cards, once it is to be confirmed.
  };

  void loop();
  Proposal ask();
  bool interrupted() const { return control_.stop != nullptr && control_.stop->load(); }
  /// Takes up slot k as proposed: from the journal if it is there, else to the evaluator.
  void take_up(Proposal proposal);
  void submit(spice::Request request, const Slot& slot);
  void collect(spice::Finished finished);
  void tell_next();
  void report_progress(const run::Evaluation& evaluation, bool replayed);
  /// A told design with a known operating point, near in the unit cube; 0: none.
  int choose_start(const std::vector<double>& unit);
  /// Corners that slot `index` is simulated on first, from slots 1 .. index - Q.
  std::vector<std::size_t> active_corners(int index) const;
  spice::Request first_request(int index, const std::map<std::string, double>& variables, int start,
                               const std::vector<std::size_t>& active) const;
  spice::Request second_request(int index, const std::map<std::string, double>& variables, const spice::Outcome& first,
                                const std::vector<std::size_t>& active) const;
  const run::Evaluation* best() const;
  /// Simulates a finished evaluation again, exactly as it was; nothing if it is interrupted.
  /// \throws core::EnvironmentError if it fails now and did not then.
  std::optional<spice::Outcome> repeat(const run::Evaluation& evaluation);
  run::Json make_result(const run::Evaluation& design, const spice::Outcome& again) const;
  void write_outputs(const run::Json& result) const;

  run::RunFolder& folder_;
  problem::Problem problem_;
  Control control_;
  int budget_;
  int batch_;
  bool stop_at_feasible_;
  bool derived_cards_;  ///< Each design is simulated on them first.
  CornerStages stages_;
  bo::Optimizer optimizer_;
  std::unique_ptr<Evaluator> evaluator_;
  std::map<int, run::Evaluation> journaled_;  ///< From an earlier process, not taken up yet.
  std::map<int, Slot> running_;
  std::map<int, std::vector<double>> units_;  ///< Unit points of all slots taken up.
  std::map<int, run::Evaluation> finished_;   ///< All finished slots, told or not.
  std::vector<int> starts_;                   ///< Evaluations that others started from.
  int asked_ = 0;
  int told_ = 0;
  int best_index_ = 0;  ///< Among the finished ones in the order they finished; for progress only.
  double model_seconds_ = 0;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

}  // namespace exturbo::sizing
