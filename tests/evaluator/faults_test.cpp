// Evaluator commands that go wrong: each fault is a recorded outcome, and the next design is evaluated.
// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>
#include <stdlib.h>

#include <nlohmann/json.hpp>

#include "command/command_process.hpp"
#include "exturbo/command/pool.hpp"
#include "exturbo/core/fault.hpp"
#include "exturbo/problem/load.hpp"
#include "support/child_process.hpp"
#include "support/evaluator_problem.hpp"
#include "support/temporary_folder.hpp"

using namespace exturbo;
using spice::Status;

namespace {

constexpr double kPatient = 60;  ///< s; a limit that no evaluation here comes near.
constexpr double kShort = 0.3;   ///< s; for evaluations that never end.

class EvaluatorFault : public ::testing::Test {
 protected:
  problem::Problem problem(const std::string& fault, double time_limit = kPatient) {
    return problem_of({EXTURBO_FAULTY_EVALUATOR, fault}, time_limit);
  }
  problem::Problem problem_of(const std::vector<std::string>& command, double time_limit = kPatient) {
    nlohmann::json json = nlohmann::json::parse(test::kEvaluatorJson);
    json["evaluator"] = {{"command", command}, {"time_limit", time_limit}};
    const auto file = folder_.write("problem.json", json.dump(2));
    problem::LoadResult loaded = problem::load_problem(file);
    EXPECT_TRUE(loaded.faults.empty()) << core::InputError(loaded.faults).what();
    return loaded.problem;
  }

  /// Outcomes of one design after the other.
  static std::vector<spice::Outcome> evaluate(command::Pool& pool, const std::vector<double>& xs) {
    std::vector<spice::Outcome> outcomes;
    for (const double x : xs) {
      pool.submit({outcomes.size() + 1, {{"x", x}, {"y", 0.5}}});
      std::optional<command::Finished> finished;
      while (!finished) finished = pool.wait_any(std::chrono::seconds(1));
      EXPECT_EQ(finished->id, outcomes.size() + 1);
      outcomes.push_back(std::move(finished->outcome));
    }
    return outcomes;
  }
  std::vector<spice::Outcome> evaluate(const problem::Problem& problem, const std::vector<double>& xs) {
    command::Pool pool(problem, {});
    return evaluate(pool, xs);
  }

  std::vector<pid_t> pids() const {
    std::istringstream text(folder_.read("pids"));
    std::vector<pid_t> all;
    for (pid_t pid = 0; text >> pid;) all.push_back(pid);
    return all;
  }
  bool all_gone() const {
    const auto all = pids();
    return std::none_of(all.begin(), all.end(), test::is_running);
  }

  std::string refusal(const problem::Problem& problem) {
    try {
      evaluate(problem, {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1});
    } catch (const core::EnvironmentError& error) {
      return error.what();
    }
    return "";
  }

  test::TemporaryFolder folder_;
};

struct Expected {
  const char* fault;
  Status status;
  const char* reason;
};

class FaultyReply : public EvaluatorFault, public ::testing::WithParamInterface<Expected> {};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_P(FaultyReply, IsAFailedEvaluationAndTheNextOneSucceeds) {
  const auto outcomes = evaluate(problem(GetParam().fault), {0.5, -1, 0.5});
  for (const std::size_t good : {0U, 2U}) {
    EXPECT_EQ(outcomes[good].corners.at(0).status, Status::kOk) << outcomes[good].corners.at(0).reason;
    EXPECT_EQ(outcomes[good].corners.at(0).metrics.at("g"), 1.0);
    EXPECT_DOUBLE_EQ(outcomes[good].corners.at(0).metrics.at("ratio"), 0.1 + 0.2 * 0.2 + 2 * 0.1 * 0.1);
  }
  const spice::CornerOutcome& faulty = outcomes[1].corners.at(0);
  EXPECT_EQ(faulty.status, GetParam().status) << faulty.reason;
  EXPECT_TRUE(has(faulty.reason, GetParam().reason)) << faulty.reason;
  EXPECT_LT(faulty.reason.size(), 3000U);
  EXPECT_EQ(outcomes[1].attempts, GetParam().status == Status::kCrashed ? 2 : 1);
  EXPECT_TRUE(faulty.metrics.empty());
  EXPECT_TRUE(all_gone());
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, FaultyReply,
    ::testing::Values(
        Expected{"dies", Status::kCrashed, "ended with exit code 3; it wrote: last words; tried 2 times"},
        Expected{"crashes", Status::kCrashed, "died of SIGKILL"},
        Expected{"half", Status::kCrashed, "ended with exit code 0"},
        Expected{"garbage", Status::kBadReply, "\"Loading the model \\u001b[31m...\""},
        Expected{"blank", Status::kBadReply, "not valid JSON"},
        Expected{"array", Status::kBadReply, "is no JSON object"},
        Expected{"utf8", Status::kBadReply, "not valid JSON"}, Expected{"nul", Status::kBadReply, "not valid JSON"},
        Expected{"nan", Status::kBadReply, "NaN"}, Expected{"overflow", Status::kBadReply, "overflow"},
        Expected{"text", Status::kBadReply, "gives no number for the metric \"f\""},
        Expected{"null", Status::kBadReply, "gives no number for the metric \"f\""},
        Expected{"missing", Status::kBadReply, "lacks the metric \"f\""},
        Expected{"empty", Status::kBadReply, "has neither metrics nor an error"},
        Expected{"duplicate", Status::kBadReply, "twice"},
        Expected{"wrong_id", Status::kBadReply, "has the id \"4711\" in place of 2"},
        Expected{"no_id", Status::kBadReply, "has no id"},
        Expected{"deep", Status::kBadReply, "nested more than 32 deep"},
        Expected{"long", Status::kBadReply, "longer than 1 MiB"},
        Expected{"endless", Status::kBadReply, "longer than 1 MiB"}, Expected{"flood", Status::kBadReply, "no reply"},
        Expected{"error", Status::kEvaluatorError, "the command says \"did not converge\"; it wrote: line 1 | line 2"},
        Expected{"noisy", Status::kEvaluatorError, "warning 99999: nothing in particular"}),
    [](const auto& info) { return std::string(info.param.fault); });

TEST_F(EvaluatorFault, ThatEndsOnceIsTriedAgain) {
  const auto outcomes = evaluate(problem("dies_once"), {-1});
  EXPECT_EQ(outcomes[0].corners.at(0).status, Status::kOk) << outcomes[0].corners.at(0).reason;
  EXPECT_EQ(outcomes[0].attempts, 2);
}

TEST_F(EvaluatorFault, ThatHangsOrStopsIsKilledAtTheTimeLimit) {
  for (const char* fault : {"hangs", "stops"}) {
    const auto outcomes = evaluate(problem(fault, kShort), {-1});
    EXPECT_EQ(outcomes[0].corners.at(0).status, Status::kWallLimit);
    EXPECT_TRUE(has(outcomes[0].corners.at(0).reason, "no reply within 300 ms")) << outcomes[0].corners.at(0).reason;
    EXPECT_TRUE(all_gone());
  }
}

TEST_F(EvaluatorFault, ThatNeverReadsDoesNotBlockTheSender) {
  std::map<std::string, double> many;
  for (int i = 0; i < 4000; ++i) many["a_variable_with_a_rather_long_name_" + std::to_string(i)] = i / 3.0;
  command::Pool pool(problem("never_reads", kShort), {});
  pool.submit({1, many});
  std::optional<command::Finished> finished;
  while (!finished) finished = pool.wait_any(std::chrono::seconds(1));
  EXPECT_EQ(finished->outcome.corners.at(0).status, Status::kWallLimit);
}

TEST_F(EvaluatorFault, ThatEndsAtOnceIsGivenUpAfterAFewStarts) {
  const std::string told = refusal(problem("exits"));
  EXPECT_TRUE(has(told,
                  "ended 5 times in a row before it read its request: it ended with exit code 5; it wrote: no "
                  "licence"))
      << told;
  EXPECT_TRUE(has(told, "faulty_evaluator exits")) << told;
  EXPECT_EQ(pids().size(), 5U);
}

TEST_F(EvaluatorFault, ThatEndsBeforeItIsAskedKeepsItsWords) {
  core::Spawner spawner;
  const problem::Problem exits = problem("exits");
  command::CommandProcess process(spawner, command::find_supervisor(), *exits.evaluator, {});
  while (!process.ended()) {
    std::vector<pollfd> waits;
    process.add_waits(waits, false);
    ASSERT_GT(poll(waits.data(), waits.size(), 60000), 0);
    process.serve(false);
  }
  process.send_request("{}\n");
  process.serve(true);
  EXPECT_TRUE(has(process.last_words(), "no licence")) << process.last_words();
}

TEST_F(EvaluatorFault, ThatNeverAnswersIsGivenUpInTheEnd) {
  const std::string told = refusal(problem("dies"));
  EXPECT_TRUE(has(told, "ended 20 times in a row without a reply")) << told;
}

TEST_F(EvaluatorFault, ThatIsNoProgramIsToldAtOnce) {
  EXPECT_TRUE(has(refusal(problem_of({"exturbo-no-such-program", "x"})),
                  "`exturbo-no-such-program x` in " + folder_.path().string() + ": No such file"));
  EXPECT_TRUE(has(refusal(problem_of({"./problem.json"})), "Permission denied"));
  problem::Problem moved = problem("good");
  moved.evaluator->folder = folder_.path() / "gone";
  EXPECT_TRUE(has(refusal(moved), "is not there"));
}

TEST_F(EvaluatorFault, ThatLeavesAfterEachReplyOrSaysMoreCostsNothingButTime) {
  for (const auto& outcome : evaluate(problem("one_shot"), {0.1, 0.2, 0.3}))
    EXPECT_EQ(outcome.corners.at(0).status, Status::kOk) << outcome.corners.at(0).reason;
  // The second line of a reply is the first after the next request, whenever it came.
  const auto outcomes = evaluate(problem("twice"), {-1, 0.5, 0.5});
  EXPECT_EQ(outcomes[0].corners.at(0).status, Status::kOk);
  EXPECT_EQ(outcomes[1].corners.at(0).status, Status::kBadReply);
  EXPECT_EQ(outcomes[2].corners.at(0).status, Status::kOk);
}

TEST_F(EvaluatorFault, ThatLeavesChildrenLeavesNone) {
  {
    command::Pool pool(problem("parent"), {});
    EXPECT_EQ(evaluate(pool, {0.5})[0].corners.at(0).status, Status::kOk);
    while (pids().size() < 3) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    for (const pid_t pid : pids()) EXPECT_TRUE(test::is_running(pid));
  }
  EXPECT_TRUE(all_gone());
}

TEST_F(EvaluatorFault, OfTheSupervisorIsNoFaultOfTheDesign) {
  command::Pool pool(problem("good"), {});
  evaluate(pool, {0.5});
  const auto supervisors = test::children_of(getpid());
  ASSERT_EQ(supervisors.size(), 1U);
  kill(supervisors[0], SIGKILL);
  while (test::is_running(pids().at(0))) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  EXPECT_EQ(evaluate(pool, {0.5})[0].corners.at(0).status, Status::kOk);
  EXPECT_EQ(pids().size(), 2U);
}

TEST_F(EvaluatorFault, IsNotInWhatTheCommandSees) {
  setenv("EVT_PLAIN", "1", 1);
  for (const char* name : {"EVT_API_KEY", "EVT_TOKEN", "evt_secret"}) setenv(name, "hidden", 1);
  const std::string told = evaluate(problem("surroundings"), {-1})[0].corners.at(0).reason;
  EXPECT_TRUE(has(told, folder_.path().string())) << told;
  EXPECT_TRUE(has(told, "EVT_PLAIN=1")) << told;
  EXPECT_FALSE(has(told, "hidden")) << told;
  // The fourth is the listing's own.
  for (const char* descriptor : {"fd0", "fd1", "fd2", "fd3"}) EXPECT_TRUE(has(told, descriptor)) << told;
  EXPECT_FALSE(has(told, "fd4")) << told;
}
