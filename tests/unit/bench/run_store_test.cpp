// Trials are kept as lines, and one that was made is not made again.
// SPDX-License-Identifier: BSD-3-Clause
#include "run_store.hpp"

#include <gtest/gtest.h>

#include "exturbo/core/fault.hpp"
#include "support/temporary_folder.hpp"

using namespace exturbo;
using namespace exturbo::bench;

namespace {

const TrialKey kKey{"ackley20", "cma_es", 3, 200, 10};

TrialRecord some_record() {
  TrialRecord record;
  record.evaluations = 200;
  record.first_feasible = 7;
  record.improvements = {{7, 0.1}, {9, 1.0 / 3}};
  record.seconds = 0.25;
  record.cpu_seconds = 0.5;
  record.details = {{"restarts", 2}};
  return record;
}

TrialRecord refuse() {
  ADD_FAILURE() << "made again";
  return {};
}

}  // namespace

TEST(RunStore, DoesNotMakeATrialAgainThatAnEarlierProcessMade) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "deep" / "trials.jsonl";
  RunStore(file).get(kKey, some_record);
  RunStore store(file);
  const TrialRecord read = store.get(kKey, refuse);
  const TrialRecord made = some_record();
  EXPECT_EQ(read.evaluations, made.evaluations);
  EXPECT_EQ(read.first_feasible, made.first_feasible);
  EXPECT_EQ(read.improvements, made.improvements) << "to the bit";
  EXPECT_EQ(read.seconds, made.seconds);
  EXPECT_EQ(read.cpu_seconds, made.cpu_seconds);
  EXPECT_EQ(read.details, made.details);
}

TEST(RunStore, TellsTrialsApartByEverythingThatDecidesThem) {
  RunStore store({});
  store.get(kKey, some_record);
  int made = 0;
  const auto make = [&] {
    ++made;
    return TrialRecord{};
  };
  store.get({"levy20", "cma_es", 3, 200, 10}, make);
  store.get({"ackley20", "sobol", 3, 200, 10}, make);
  store.get({"ackley20", "cma_es", 4, 200, 10}, make);
  store.get({"ackley20", "cma_es", 3, 100, 10}, make);
  store.get({"ackley20", "cma_es", 3, 200, 4}, make);
  EXPECT_EQ(made, 5);
  store.get(kKey, refuse);
}

TEST(RunStore, CutsATornLine) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "trials.jsonl";
  RunStore(file).get(kKey, some_record);
  const std::string whole = folder.read("trials.jsonl");
  folder.write("trials.jsonl", whole + R"({"problem":"ackl)");
  RunStore(file).get({"levy20", "sobol", 1, 10, 1}, [] { return TrialRecord{}; });
  const std::string text = folder.read("trials.jsonl");
  EXPECT_TRUE(text.starts_with(whole));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
}

TEST(RunStore, NamesTheLineThatIsNoTrial) {
  const test::TemporaryFolder folder;
  const auto file = folder.write("trials.jsonl", "{\"problem\":\"x\"}\n");
  try {
    RunStore store(file);
    FAIL() << "accepted";
  } catch (const core::InputError& error) {
    ASSERT_EQ(error.faults().size(), 1U);
    EXPECT_EQ(error.faults()[0].place, "line 1");
  }
}
