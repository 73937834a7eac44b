// Why a pool and a cold process of ngspice disagree on a metric: each cause is shown by a further simulation.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "support/agreement.hpp"

namespace exturbo::test {

enum class Cause {
  kBeyondRails,    ///< The cold process ends in an operating point outside the rails, which is no result.
  kSupplyCurrent,  ///< The cold operating point takes more from the supply than the pool allows.
  kOtherPoint,     ///< The circuit has several operating points: started from the pool's, the cold process agrees.
  kTolerance,      ///< Solved a hundred times more exactly, the cold process agrees with the pool.
  kOscillates,     ///< The pool gives the transient up; the cold one took far more points, or the phase margin is
                   ///< negative.
  kEdge,           ///< The cold process disagrees with itself once all variables are changed by 1e-5.
  kBranches,       ///< The cold process disagrees with itself where its sweep runs downwards.
  kNoPoint,        ///< The pool found no operating point.
  kCoarseSweep,    ///< With whole sweeps the pool agrees.
  kStart,          ///< Started cold the pool agrees.
  kUnexplained,
};
/// True of what the circuit or the measure is to blame for, not the pool.
bool is_outcome(Cause cause);
const char* to_string(Cause cause);

struct Disagreement {
  std::string metric;
  Answer pool;
  Answer batch;
  Cause cause = Cause::kUnexplained;
  std::string detail;  ///< What the further simulations gave, both operating points included.
};

class Diagnosis {
 public:
  explicit Diagnosis(Agreement& agreement);
  ~Diagnosis();

  std::vector<Disagreement> explain(const Comparison& comparison);

 private:
  struct Trials;

  std::string oscillation(const Comparison& comparison, const std::string& metric) const;
  void start_trials(const Comparison& comparison, Trials& trials);
  std::string detail_of(const Disagreement& found, const std::string& measure, const Trials& trials) const;
  Cause cause_of(const std::string& metric, const Comparison& comparison, Trials& trials);
  bool beyond_rails(const spice::TestbenchPlan& testbench, const Values& point) const;
  spice::Pool& pool(bool adaptive);

  Agreement& agreement_;
  BatchNgspice batch_;  ///< With the operating point of every testbench.
  BatchNgspice downward_;
  BatchNgspice exact_;
  std::map<bool, std::unique_ptr<spice::Pool>> pools_;
};

}  // namespace exturbo::test
