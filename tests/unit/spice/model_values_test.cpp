// Values on model cards that are not numbers.
// SPDX-License-Identifier: BSD-3-Clause
#include "spice/model_values.hpp"

#include <gtest/gtest.h>

using namespace exturbo::spice;

TEST(ModelValues, ExpressionsAreFoundOnModelLinesAlone) {
  EXPECT_FALSE(has_model_expression({"M1 d g s b nmos W={w1}", ".model nmos nmos vto=0.5", "* .model {x}"}));
  EXPECT_FALSE(has_model_expression({".model nmos nmos vto=0.5", "R1 a b", "+ {r}"}));
  EXPECT_TRUE(has_model_expression({".MODEL nmos nmos vto={v}"}));
  EXPECT_TRUE(has_model_expression({".model nmos nmos", "* between", "+ vto='v+1'"}));
}

TEST(ModelValues, WhatIsNoNumberIsNamed) {
  EXPECT_EQ(assignment_without_number("     8 : .model nx nmos level=1 vto=                     -nan     kp=100u"),
            "vto=-nan");
  EXPECT_EQ(assignment_without_number("     8 : .model nx nmos vto = inf"), "vto=inf");
  EXPECT_EQ(assignment_without_number("     8 : .model nan inf nan=1 inf=2 x=nano y=0.5"), "");
  EXPECT_EQ(assignment_without_number("     8 : r1 a b r=nan"), "");
}
