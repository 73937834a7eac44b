// Operating points: decks that have none, false ones and their cures, starts from elsewhere.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cmath>

#include "exturbo/core/random.hpp"
#include "exturbo/problem/corners.hpp"
#include "exturbo/problem/load.hpp"
#include "slow_problem.hpp"

namespace exturbo::spice::closed_form {
namespace {

using std::chrono::seconds;

TEST(OperatingPoint, BadDeckIsABadNetlistWithNgspicesReason) {
  auto problem = slow_problem();
  problem.netlist_lines = lines_of(".subckt amp inp inn out vdd vss\nM1 out inp 0 0 nowhere W=1u L=1u\n.ends\n");
  Pool pool(problem, {});
  for (std::uint64_t id = 1; id <= 2; ++id) {
    pool.submit({id, {{"c1", 1e-12}, {"stop", 1e-4}}, {}, {}});
    const auto finished = pool.wait_any(seconds(20));
    ASSERT_TRUE(finished);
    EXPECT_EQ(finished->outcome.corners.at(0).status, Status::kBadNetlist);
    EXPECT_NE(finished->outcome.corners.at(0).reason.find("nowhere"), std::string::npos)
        << finished->outcome.corners.at(0).reason;
  }
}

TEST(OperatingPoint, UndefinedNameInAnExpressionIsABadNetlist) {
  auto problem = slow_problem();
  problem.netlist_lines = lines_of(".subckt amp inp inn out vdd vss\nR1 inp out {nothing*2}\n.ends\n");
  Pool pool(problem, {});
  pool.submit({1, {{"c1", 1e-12}, {"stop", 1e-4}}, {}, {}});
  const auto finished = pool.wait_any(seconds(20));
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->outcome.corners.at(0).status, Status::kBadNetlist);
  EXPECT_NE(finished->outcome.corners.at(0).reason.find("nothing"), std::string::npos)
      << finished->outcome.corners.at(0).reason;
}

TEST(OperatingPoint, FloatingNodesAndVoltageLoopsAreTold) {
  auto problem = slow_problem();
  problem.netlist_lines =
      lines_of(".subckt amp inp inn out vdd vss\nV1 inp out 0.1\nV2 inp out 0.2\nC1 out 0 {c1}\n.ends\n");
  Pool pool(problem, {});
  pool.submit({1, {{"c1", 1e-12}, {"stop", 1e-4}}, {}, {}});
  const auto finished = pool.wait_any(seconds(20));
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->outcome.corners.at(0).status, Status::kNoConvergence);
  EXPECT_NE(finished->outcome.corners.at(0).reason.find("bench"), std::string::npos);
}

TEST(OperatingPoint, NodeOutsideTheRailsIsSpurious) {
  auto problem = slow_problem();
  problem.netlist_lines =
      lines_of(".subckt amp inp inn out vdd vss\nR1 inp out 1k\nC1 out 0 {c1}\nE1 far 0 vdd 0 1.2\n.ends\n");
  Pool pool(problem, {});
  pool.submit({1, {{"c1", 1e-12}, {"stop", 1e-4}}, {}, {}});
  const auto finished = pool.wait_any(seconds(20));
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->outcome.corners.at(0).status, Status::kSpurious);
  EXPECT_NE(finished->outcome.corners.at(0).reason.find("xdut.far"), std::string::npos);
}

/// A node that can rest at half the supply, or outside the rails at -0.5 V, where a start at 0 V leads Newton's method.
problem::Problem two_points() {
  auto problem = slow_problem();
  problem.netlist_lines = lines_of(
      ".subckt amp inp inn out vdd vss\nR1 inp out 1k\nC1 out 0 {c1}\n"
      "B1 x 0 i=1e-3*(v(x)-v(vdd)*v(vdd)/3.6)*(v(x)+0.5)*(v(x)+0.6)\n.ends\n");
  return problem;
}

TEST(OperatingPoint, SpuriousPointIsCuredByRampedSources) {
  Pool pool(two_points(), {});
  pool.submit({1, {{"c1", 1e-12}, {"stop", 1e-4}}, {}, {}});
  const auto finished = pool.wait_any(seconds(20));
  ASSERT_TRUE(finished);
  const CornerOutcome& outcome = finished->outcome.corners.at(0);
  ASSERT_EQ(outcome.status, Status::kOk) << outcome.reason;
  EXPECT_EQ(outcome.solved_by, "source_stepping");
  EXPECT_NEAR(outcome.nodes.at("xdut.x"), 0.9, 1e-6);
  EXPECT_TRUE(outcome.metrics.contains("power"));
}

TEST(OperatingPoint, SpuriousPointIsCuredByANodesetAndNeverTakenFromOne) {
  Pool pool(two_points(), {});
  const auto outcome_from = [&](double volts) {
    pool.submit({1, {{"c1", 1e-12}, {"stop", 1e-4}}, {}, {{{"xdut.x", volts}}}});
    const auto finished = pool.wait_any(seconds(20));
    return finished ? finished->outcome.corners.at(0) : CornerOutcome{};
  };
  const CornerOutcome cured = outcome_from(0.8);
  EXPECT_EQ(cured.solved_by, "neighbour");
  const CornerOutcome refused = outcome_from(-0.5);
  EXPECT_EQ(refused.solved_by, "source_stepping");
  for (const CornerOutcome& outcome : {cured, refused}) {
    ASSERT_EQ(outcome.status, Status::kOk) << outcome.reason;
    EXPECT_NEAR(outcome.nodes.at("xdut.x"), 0.9, 1e-6);
  }
}

/// The Miller amplifier on the 45 nm LP card, whose tunnelling currents have solutions far outside the rails: operating
/// point and power alone, on the grid of corners.
problem::Problem miller_45lp() {
  auto problem = problem::load_problem(EXTURBO_SOURCE_DIR "/circuits/miller/ptm45.json").problem;
  problem.process = problem::load_process("ptm45lp");
  problem.parameters = problem::evaluate_parameters(problem, {{"vdd", 1.1}});
  problem.corners = problem::corner_grid(problem);
  problem.testbenches = {problem.testbenches.at(0)};
  problem.testbenches[0].analyses.clear();
  problem.metrics.clear();
  add_metric(problem, "power", problem.testbenches[0].name);
  return problem;
}

TEST(OperatingPoint, SpuriousPointsOfARealCardAreCuredOrToldButNeverResults) {
  auto problem = miller_45lp();
  const auto variables = problem::complete_variables(problem, problem::middle_values(problem));
  const auto outcomes = [&] {
    Pool pool(problem, {});
    pool.submit({1, variables, {}, {}});
    const auto finished = pool.wait_any(seconds(60));
    return finished ? finished->outcome.corners : std::vector<CornerOutcome>{};
  };
  const auto sane = [&](const std::vector<CornerOutcome>& corners) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < corners.size(); ++i) {
      const auto& changed = problem.corners[i].parameters;
      const double supply = changed.contains("vdd") ? changed.at("vdd") : 1.1;
      if (corners[i].status != Status::kOk) {
        EXPECT_TRUE(corners[i].metrics.empty());
        continue;
      }
      ++count;
      for (const auto& [node, volts] : corners[i].nodes) {
        EXPECT_GE(volts, -0.2) << node << " at " << problem.corners[i].name;
        EXPECT_LE(volts, supply + 0.2) << node << " at " << problem.corners[i].name;
      }
      EXPECT_LT(corners[i].metrics.at("power"), 100 * *problem.spec("power")->max);
    }
    return count;
  };
  EXPECT_EQ(sane(outcomes()), problem.corners.size());
  // Without the bench's nodesets gmin stepping ends outside the rails on many corners: later rungs of the ladder count.
  std::erase_if(problem.testbenches[0].lines, [](const std::string& line) { return line.starts_with(".nodeset"); });
  const auto without = outcomes();
  EXPECT_GT(sane(without), problem.corners.size() / 2);
  EXPECT_TRUE(std::any_of(without.begin(), without.end(), [](const CornerOutcome& outcome) {
    return outcome.status == Status::kSpurious || outcome.solved_by.ends_with("source_stepping");
  }));
}

TEST(OperatingPoint, LaterTestbenchThatFailsLeavesTheFirstOnesMetrics) {
  auto problem = slow_problem();
  add_testbench(
      problem, "broken",
      "Vdd vdd 0 DC {vdd}\nVin inp 0 DC 0.9 SIN(0.9 0.36 10k)\nV2 inp 0 DC 1\nXdut inp 0 out vdd 0 amp\nRs vdd 0 1k\n",
      {{"sine", "tran 1u 200u", {}}});
  problem::MetricDefinition lost = problem.metrics[0];
  lost.id = "lost";
  lost.testbench = "broken";
  problem.metrics.push_back(lost);
  Pool pool(problem, {});
  pool.submit({1, {{"c1", 1e-12}, {"stop", 1e-4}}, {}, {}});
  const auto finished = pool.wait_any(seconds(20));
  ASSERT_TRUE(finished);
  const CornerOutcome& outcome = finished->outcome.corners.at(0);
  EXPECT_EQ(outcome.status, Status::kOk) << outcome.reason;
  EXPECT_EQ(outcome.metrics.count("thd"), 1u);
  ASSERT_EQ(outcome.unmeasured.count("lost"), 1u);
  EXPECT_NE(outcome.unmeasured.at("lost").find("broken"), std::string::npos);
}

TEST(OperatingPoint, OscillatingTransientIsGivenUpAndTheNextAnalysisRuns) {
  // A tank of 16 MHz kept going by a negative resistance, in a bench that looks at 10 kHz.
  auto problem = problem_of(
      "R1 inp out 1k\nL1 t 0 1u\nC1 t 0 100p\nB1 t 0 i=-5m*v(t)+5m*v(t)*v(t)*v(t)\nI1 0 t PULSE(0 1m 1u 1n 1n 1)\n"
      "E1 x 0 t 0 0.1\nR2 x out 1k");
  add_testbench(problem, "bench",
                "Vdd vdd 0 DC {vdd}\nVin inp 0 DC 0.9 SIN(0.9 0.36 10k)\nXdut inp 0 out vdd 0 amp\n"
                ".meas tran peak max v(out)\n",
                {{"sine", "tran 0.5u 200u 100u 0.5u", {}}, {"gain", "ac dec 10 1 10g", {{"vin", 1}}}});
  add_metric(problem, "thd", "bench", {{"amplitude", "0.18"}});
  add_metric(problem, "dc_gain", "bench", {{"analysis", "gain"}});
  problem::MetricDefinition peak;
  peak.id = peak.measure = "peak";
  peak.kind = problem::MetricKind::kMeas;
  peak.testbench = "bench";
  problem.metrics.push_back(peak);
  Pool pool(problem, {});
  pool.submit({1, {}, {}, {}});
  const auto finished = pool.wait_any(seconds(20));
  ASSERT_TRUE(finished);
  const CornerOutcome& outcome = finished->outcome.corners.at(0);
  ASSERT_EQ(outcome.status, Status::kOk) << outcome.reason;
  ASSERT_EQ(outcome.unmeasured.count("peak"), 1u);
  EXPECT_NE(outcome.unmeasured.at("peak").find("oscillates"), std::string::npos) << outcome.unmeasured.at("peak");
  ASSERT_EQ(outcome.unmeasured.count("thd"), 1u);
  EXPECT_NE(outcome.unmeasured.at("thd").find("oscillates"), std::string::npos) << outcome.unmeasured.at("thd");
  ASSERT_EQ(outcome.metrics.count("dc_gain"), 1u);
  EXPECT_NEAR(outcome.metrics.at("dc_gain"), 20 * std::log10(0.5), 1e-3);
}

/// Designs drawn log-uniformly from the ranges of a problem.
std::vector<Request> random_requests(const problem::Problem& problem, std::uint64_t count) {
  std::vector<Request> requests;
  for (std::uint64_t id = 0; id < count; ++id) {
    core::RandomStream stream(11, id, core::Purpose::kTest);
    std::vector<double> values;
    for (const problem::Variable* variable : problem.free_variables()) {
      values.push_back(variable->min * std::pow(variable->max / variable->min, stream.uniform()));
    }
    requests.push_back({id, problem::complete_variables(problem, values), {}, {}});
  }
  return requests;
}

std::map<std::uint64_t, CornerOutcome> collect(Pool& pool) {
  std::map<std::uint64_t, CornerOutcome> outcomes;
  while (pool.pending() > 0) {
    const auto finished = pool.wait_any(seconds(120));
    if (!finished) {
      ADD_FAILURE() << "no outcome within two minutes";
      break;
    }
    outcomes[finished->id] = finished->outcome.corners.at(0);
  }
  return outcomes;
}

TEST(OperatingPoint, StartFromANeighboursNodesGivesTheSameMetrics) {
  const auto loaded = problem::load_problem(EXTURBO_SOURCE_DIR "/circuits/folded_cascode/ptm45.json");
  ASSERT_TRUE(loaded.faults.empty()) << core::to_string(loaded.faults.front());
  std::vector<Request> requests = random_requests(loaded.problem, 4);
  Pool pool(loaded.problem, {});
  for (const Request& request : requests) pool.submit(request);
  const auto cold = collect(pool);
  for (Request& request : requests) {
    request.nodesets = {cold.at((request.id + 1) % requests.size()).nodes};
    pool.submit(request);
  }
  const auto near = collect(pool);
  for (const auto& [id, outcome] : cold) {
    ASSERT_EQ(near.at(id).status, outcome.status);
    for (const auto& [metric, value] : outcome.metrics) {
      EXPECT_NEAR(near.at(id).metrics.at(metric), value, 1e-3 * std::abs(value)) << metric << " of design " << id;
    }
    EXPECT_NEAR(near.at(id).metrics.at("offset"), outcome.metrics.at("offset"), 2e-6);
  }
}

TEST(OperatingPoint, FingersTogetherCarryTheCurrentOfTheDevice) {
  // A 35 um diode-connected device is drawn as four fingers: its current is the source's.
  const auto process = problem::load_process("ptm90", {{EXTURBO_SOURCE_DIR "/pdk"}, {}, false});
  auto problem = problem_of(
      "M1 d d vss vss nmos W=35u L=0.2u\nI1 vdd d 20u\nM2 e e vdd vdd pmos W=5u L=0.2u\nI2 e vss 5u\nR1 inp out 1k");
  problem.process = process;
  problem.parameters["vdd"] = 1.2;
  add_testbench(problem, "bench", "Vdd vdd 0 DC {vdd}\nVin inp 0 DC 0.6\nXdut inp 0 out vdd 0 amp\n", {});
  add_metric(problem, "power", "bench");
  const CornerOutcome outcome = simulate(problem);
  const DeviceState& wide = outcome.devices.at("M1");
  EXPECT_NEAR(wide.id, 20e-6, 2e-8);
  EXPECT_GT(wide.gm / wide.id, 10);
  EXPECT_EQ(wide.region, wide.vgs < wide.vth ? "weak" : "saturation");
  const DeviceState& upper = outcome.devices.at("M2");
  EXPECT_NEAR(upper.id, 5e-6, 5e-9);
  EXPECT_GT(upper.vds, 0.2);
  EXPECT_NEAR(upper.vds, upper.vgs, 1e-6);
  EXPECT_NEAR(upper.vds, 1.2 - outcome.nodes.at("xdut.e"), 1e-3);
}

}  // namespace
}  // namespace exturbo::spice::closed_form
