#include "agents/designer/sized_cell.hpp"

#include <gtest/gtest.h>

#include "cell_fixture.hpp"

namespace exturbo::agents {
namespace {

problem::Problem with_variables() {
  problem::Problem problem = fixed_sizes();
  for (const char* name : {"w1", "K"}) {
    problem::Variable variable;
    variable.name = name;
    variable.min = 1e-7;
    variable.max = 100;
    problem.variables.push_back(variable);
  }
  problem.parameters["lref"] = 3e-7;
  return problem;
}

TEST(SizedCell, EvaluatesExpressionsOfVariablesAndParameters) {
  const problem::Problem problem = with_variables();
  circuit::CircuitDescription description;
  circuit::Component device = mos("PMOS", "M1", "out", "inp", "vdd", "vdd");
  device.parameters = {{"W", "{2*K*w1}"}, {"L", "{lref}"}, {"M", "3"}};
  description.components = {device};
  SizedCell cell(problem, description);
  ASSERT_TRUE(cell.faults().empty()) << cell.faults().front();
  cell.size({1e-6, 4});
  EXPECT_DOUBLE_EQ(cell.mos().front().width, 24e-6);
  EXPECT_DOUBLE_EQ(cell.mos().front().length, 3e-7);
  EXPECT_EQ(cell.mos().front().type, "pmos");
  cell.size({2e-6, 1});
  EXPECT_DOUBLE_EQ(cell.mos().front().width, 12e-6);
}

TEST(SizedCell, NamesWhatCannotBeSized) {
  const problem::Problem problem = with_variables();
  circuit::CircuitDescription description;
  circuit::Component unknown = mos("NMOS", "M1", "out", "inp", "vss", "vss");
  unknown.parameters = {{"W", "{nobody}"}, {"L", "1u"}};
  circuit::Component bare = mos("NMOS", "M2", "out", "inp", "vss", "vss");
  bare.parameters = {{"W", "1u"}};
  description.components = {unknown, bare};
  const SizedCell cell(problem, description);
  ASSERT_EQ(cell.faults().size(), 2u);
  EXPECT_NE(cell.faults()[0].find("M1"), std::string::npos);
  EXPECT_NE(cell.faults()[1].find("M2"), std::string::npos);
}

TEST(SizedCell, NetsAreCaseBlindAndShared) {
  const problem::Problem problem = fixed_sizes();
  circuit::CircuitDescription description;
  description.components = {mos("NMOS", "M1", "OUT", "inp", "vss", "vss"), mos("NMOS", "M2", "out", "INP", "vss", "vss")};
  const SizedCell cell(problem, description);
  EXPECT_EQ(cell.mos()[0].drain, cell.mos()[1].drain);
  EXPECT_EQ(cell.net("Out"), cell.mos()[0].drain);
  EXPECT_EQ(cell.net("nothing"), cell.nets().size());
}

}  // namespace
}  // namespace exturbo::agents
