// A pool against cold processes of `ngspice -b`, and against itself: short versions of tests/bench/agreement.cpp.
// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include "exturbo/problem/load.hpp"
#include "support/disagreement.hpp"

namespace exturbo::test {
namespace {

problem::Problem circuit(const std::string& name) {
  const auto loaded = problem::load_problem(EXTURBO_SOURCE_DIR "/circuits/" + name + ".json");
  for (const core::Fault& fault : loaded.faults) ADD_FAILURE() << core::to_string(fault);
  return loaded.problem;
}

/// Every metric of some designs agrees, or something other than the pool is shown to be why not.
void expect_agreement(const std::string& name, std::uint64_t designs) {
  if (!BatchNgspice::is_installed()) GTEST_SKIP() << "the program ngspice is not installed";
  AgreementOptions options;
  options.starts = 3;
  Agreement agreement(circuit(name), options);
  Diagnosis diagnosis(agreement);
  std::vector<std::uint64_t> all(designs);
  for (std::uint64_t design = 0; design < designs; ++design) all[design] = design;
  std::size_t within = 0, metrics = 0;
  for (const Comparison& comparison : agreement.compare(all)) {
    for (const auto& [metric, verdict] : comparison.verdicts) within += verdict == Verdict::kWithin ? 1 : 0;
    metrics += comparison.verdicts.size();
    for (const Disagreement& disagreement : diagnosis.explain(comparison)) {
      EXPECT_TRUE(is_outcome(disagreement.cause))
          << name << " design " << comparison.design << " " << disagreement.metric << ": " << disagreement.pool.value
          << disagreement.pool.unmeasured << " in the pool, " << disagreement.batch.value
          << disagreement.batch.unmeasured << " in a cold process: " << to_string(disagreement.cause) << ", "
          << disagreement.detail;
    }
  }
  EXPECT_GE(within, metrics * 3 / 4);
}

TEST(Agreement, MillerAgreesWithColdProcesses) { expect_agreement("miller/ptm90", 6); }
TEST(Agreement, FoldedCascodeAgreesWithColdProcesses) { expect_agreement("folded_cascode/ptm180", 4); }
TEST(Agreement, ClassAbAgreesWithColdProcesses) { expect_agreement("class_ab/ptm45", 2); }

TEST(Agreement, OutcomesAreTheSameToTheBitForAnyOrderAndWorkers) {
  AgreementOptions options;
  options.starts = 2;
  EXPECT_TRUE(shuffled_differences(circuit("miller/ptm90"), options, 8).empty());
}

}  // namespace
}  // namespace exturbo::test
