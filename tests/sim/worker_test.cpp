// Workers that hang, die or are left alone.
// SPDX-License-Identifier: BSD-3-Clause
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <thread>

#include "slow_problem.hpp"

namespace exturbo::spice::closed_form {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

bool exists(int pid) { return kill(pid, 0) == 0 || errno != ESRCH; }

bool gone_within(int pid, seconds limit) {
  const auto end = std::chrono::steady_clock::now() + limit;
  while (exists(pid)) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(milliseconds(10));
  }
  return true;
}

TEST(Worker, HungSimulationIsRecordedAsWallLimitAndTheNextOneRuns) {
  PoolOptions options;
  options.wall_limit = 1;
  Pool pool(slow_problem(), options);
  pool.submit({1, {{"c1", 1e-12}, {"stop", 10}}, {}, {}});
  pool.submit({2, {{"c1", 1e-12}, {"stop", 100e-6}}, {}, {}});
  const auto hung = pool.wait_any(seconds(20));
  ASSERT_TRUE(hung);
  EXPECT_EQ(hung->id, 1u);
  EXPECT_EQ(hung->outcome.corners.at(0).status, Status::kWallLimit);
  EXPECT_NE(hung->outcome.corners.at(0).reason.find("1 s"), std::string::npos);
  const auto next = pool.wait_any(seconds(20));
  ASSERT_TRUE(next);
  EXPECT_EQ(next->outcome.corners.at(0).status, Status::kOk) << next->outcome.corners.at(0).reason;
}

TEST(Worker, KilledInMidEvaluationIsReplacedAndTheAnswerIsTheSame) {
  PoolOptions options;
  options.adaptive_sweeps = false;  // the sine is settled long before its end
  Pool pool(slow_problem(), options);
  const Request request{7, {{"c1", 1e-12}, {"stop", 3e-3}}, {}, {}};
  pool.submit(request);
  const auto undisturbed = pool.wait_any(seconds(60));
  ASSERT_TRUE(undisturbed);
  EXPECT_EQ(undisturbed->outcome.attempts, 1);
  pool.submit(request);
  EXPECT_FALSE(pool.wait_any(milliseconds(50)));
  kill(pool.worker_pids().at(0), SIGKILL);
  const auto retried = pool.wait_any(seconds(60));
  ASSERT_TRUE(retried);
  EXPECT_EQ(retried->outcome.attempts, 2);
  EXPECT_EQ(retried->outcome.corners.at(0).metrics, undisturbed->outcome.corners.at(0).metrics);
}

TEST(Worker, DyingInEachAttemptIsACrash) {
  PoolOptions options;
  options.attempts = 2;
  Pool pool(slow_problem(), options);
  pool.submit({1, {{"c1", 1e-12}, {"stop", 1}}, {}, {}});
  std::optional<Finished> finished;
  for (int i = 0; i < 100 && !finished; ++i) {
    finished = pool.wait_any(milliseconds(100));
    if (!finished) kill(pool.worker_pids().at(0), SIGKILL);
  }
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->outcome.corners.at(0).status, Status::kCrashed);
  EXPECT_EQ(finished->outcome.attempts, 2);
}

TEST(Worker, StoppedWorkerIsReplacedAtTheWallLimitAndItsEvaluationMadeAgain) {
  PoolOptions options;
  options.wall_limit = 1;
  Pool pool(slow_problem(), options);
  kill(pool.worker_pids().at(0), SIGSTOP);
  pool.submit({1, {{"c1", 1e-12}, {"stop", 1e-4}}, {}, {}});
  const auto finished = pool.wait_any(seconds(20));
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->outcome.corners.at(0).status, Status::kOk) << finished->outcome.corners.at(0).reason;
  EXPECT_EQ(finished->outcome.attempts, 2);
}

TEST(Worker, StoppedInEachAttemptIsAWallLimit) {
  PoolOptions options;
  options.wall_limit = 0.3;
  options.attempts = 1;
  Pool pool(slow_problem(), options);
  kill(pool.worker_pids().at(0), SIGSTOP);
  pool.submit({1, {{"c1", 1e-12}, {"stop", 1e-4}}, {}, {}});
  const auto finished = pool.wait_any(seconds(20));
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->outcome.corners.at(0).status, Status::kWallLimit);
  EXPECT_NE(finished->outcome.corners.at(0).reason.find("stopped"), std::string::npos);
}

TEST(Worker, EndlessSimulationEndsAtTheLimitOfProcessorTime) {
  PoolOptions options;
  options.cpu_limit = 0.5;
  Pool pool(slow_problem(), options);
  pool.submit({1, {{"c1", 1e-12}, {"stop", 10}}, {}, {}});
  const auto finished = pool.wait_any(seconds(20));
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->outcome.corners.at(0).status, Status::kCpuLimit) << finished->outcome.corners.at(0).reason;
  EXPECT_EQ(finished->outcome.attempts, 1);
}

TEST(Worker, OutOfMemoryIsRecordedAfterAllAttemptsAndTheNextOneRuns) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "a sanitizer's shadow needs all address space";
#endif
  // A noise source makes its values for the whole transient beforehand.
  auto problem = slow_problem();
  problem.testbenches[0].analyses[0].command = "tran 1u 200u";
  problem.testbenches[0].lines.insert(problem.testbenches[0].lines.end(),
                                      {"Vnoise n 0 TRNOISE(0 {stop} 1 1n)", "Rnoise n 0 1k"});
  PoolOptions options;
  options.memory_limit = std::uint64_t{256} << 20;
  Pool pool(problem, options);
  pool.submit({1, {{"c1", 1e-12}, {"stop", 2e-11}}, {}, {}});
  const auto finished = pool.wait_any(seconds(60));
  ASSERT_TRUE(finished);
  const CornerOutcome& outcome = finished->outcome.corners.at(0);
  EXPECT_EQ(outcome.status, Status::kOutOfMemory) << outcome.reason;
  EXPECT_NE(outcome.reason.find("256 MiB"), std::string::npos) << outcome.reason;
  EXPECT_EQ(finished->outcome.attempts, options.attempts);
  pool.submit({2, {{"c1", 1e-12}, {"stop", 1e-6}}, {}, {}});
  const auto next = pool.wait_any(seconds(60));
  ASSERT_TRUE(next);
  EXPECT_EQ(next->outcome.corners.at(0).status, Status::kOk) << next->outcome.corners.at(0).reason;
}

TEST(Worker, ModelCardWithoutANumberIsABadNetlist) {
  auto problem = slow_problem();
  problem.netlist_lines = lines_of(
      ".subckt amp inp inn out vdd vss\nR1 inp out 1k\nC1 out 0 {c1}\nM1 out 0 0 0 own W=1u L=1u\n"
      ".model own nmos level=1 vto={sqrt(c1-5p)}\n.ends\n");
  Pool pool(problem, {});
  for (const double c1 : {1e-12, 9e-12}) {
    pool.submit({1, {{"c1", c1}, {"stop", 1e-4}}, {}, {}});
    const auto finished = pool.wait_any(seconds(20));
    ASSERT_TRUE(finished);
    const CornerOutcome& outcome = finished->outcome.corners.at(0);
    EXPECT_EQ(outcome.status, c1 < 5e-12 ? Status::kBadNetlist : Status::kOk) << outcome.reason;
    EXPECT_EQ(outcome.reason.find("vto=-nan") != std::string::npos, c1 < 5e-12) << outcome.reason;
  }
}

TEST(Worker, WidthWithoutANumberIsABadNetlistInAChangedCircuitToo) {
  auto problem = slow_problem();
  problem.netlist_lines = lines_of(
      ".subckt amp inp inn out vdd vss\nR1 inp out 1k\nC1 out 0 {c1}\nM1 out 0 0 0 own W={1u+sqrt(c1-5p)} L=1u\n"
      ".model own nmos level=1\n.ends\n");
  Pool pool(problem, {});
  const std::map<std::string, double> good{{"c1", 9e-12}, {"stop", 1e-4}}, bad{{"c1", 1e-12}, {"stop", 1e-4}};
  pool.submit({1, good, {}, {}});
  const auto first = pool.wait_any(seconds(20));
  ASSERT_TRUE(first);
  ASSERT_EQ(first->outcome.corners.at(0).status, Status::kOk) << first->outcome.corners.at(0).reason;
  for (const auto& variables : {good, bad}) {
    pool.submit({2, variables, {}, {first->outcome.corners.at(0).nodes}, good});
    const auto finished = pool.wait_any(seconds(20));
    ASSERT_TRUE(finished);
    EXPECT_EQ(finished->outcome.corners.at(0).status, variables == bad ? Status::kBadNetlist : Status::kOk)
        << finished->outcome.corners.at(0).reason;
  }
}

TEST(Worker, CrashNamesTheSignal) {
  PoolOptions options;
  options.attempts = 1;
  Pool pool(slow_problem(), options);
  pool.submit({1, {{"c1", 1e-12}, {"stop", 10}}, {}, {}});
  EXPECT_FALSE(pool.wait_any(milliseconds(300)));
  kill(pool.worker_pids().at(0), SIGKILL);
  const auto finished = pool.wait_any(seconds(20));
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->outcome.corners.at(0).status, Status::kCrashed);
  EXPECT_NE(finished->outcome.corners.at(0).reason.find("SIGKILL"), std::string::npos);
}

TEST(Worker, RecyclingChangesNoOutcome) {
  PoolOptions options;
  options.recycle_after = 1;
  Pool pool(slow_problem(), options);
  const Request request{7, {{"c1", 1e-12}, {"stop", 2e-4}}, {}, {}};
  std::vector<int> pids;
  std::vector<std::map<std::string, double>> metrics;
  for (int i = 0; i < 2; ++i) {
    pids.push_back(pool.worker_pids().at(0));
    pool.submit(request);
    const auto finished = pool.wait_any(seconds(20));
    ASSERT_TRUE(finished);
    metrics.push_back(finished->outcome.corners.at(0).metrics);
  }
  EXPECT_NE(pids[0], pids[1]);
  EXPECT_EQ(metrics[0], metrics[1]);
}

TEST(Worker, NoneOutlivesItsPool) {
  std::vector<int> pids;
  {
    PoolOptions options;
    options.workers = 3;
    Pool pool(slow_problem(), options);
    pids = pool.worker_pids();
    pool.submit({1, {{"c1", 1e-12}, {"stop", 10}}, {}, {}});
  }
  for (const int pid : pids) EXPECT_FALSE(exists(pid));
}

TEST(Worker, NoneOutlivesAKilledProgram) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const pid_t program = fork();
  if (program == 0) {
    Pool pool(slow_problem(), {});
    pool.submit({1, {{"c1", 1e-12}, {"stop", 10}}, {}, {}});
    const int pid = pool.worker_pids().at(0);
    const bool written = write(ends[1], &pid, sizeof pid) == sizeof pid;
    while (written) pool.wait_any(seconds(100));
    _exit(1);
  }
  int worker = 0;
  ASSERT_EQ(read(ends[0], &worker, sizeof worker), static_cast<ssize_t>(sizeof worker));
  std::this_thread::sleep_for(milliseconds(100));
  kill(worker, SIGSTOP);  // also a stopped one
  const auto scratch = std::filesystem::read_symlink("/proc/" + std::to_string(worker) + "/cwd");
  kill(program, SIGKILL);
  waitpid(program, nullptr, 0);
  EXPECT_TRUE(gone_within(worker, seconds(5)));
  // Who removes the folders does so once the worker is gone.
  for (int i = 0; i < 500 && std::filesystem::exists(scratch.parent_path()); ++i)
    std::this_thread::sleep_for(milliseconds(10));
  EXPECT_FALSE(std::filesystem::exists(scratch.parent_path()));
  close(ends[0]);
  close(ends[1]);
}

TEST(Worker, MissingProgramIsAnEnvironmentError) {
  PoolOptions options;
  options.worker = "/nowhere/exturbo-worker";
  EXPECT_THROW(Pool(slow_problem(), options), core::EnvironmentError);
  options.worker = "/bin/true";
  EXPECT_THROW(Pool(slow_problem(), options), core::EnvironmentError);
}

}  // namespace
}  // namespace exturbo::spice::closed_form
