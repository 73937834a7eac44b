// The command line of the benches.
// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include "bench_arguments.hpp"
#include "exturbo/core/fault.hpp"

using namespace exturbo;
using namespace exturbo::bench;

TEST(BenchArguments, AreReadInAnyOrder) {
  const BenchArguments arguments = read_bench_arguments(
      {"--methods", "cobyla,cma_es", "--seeds", "4", "--rolling", "--problems", "constrained", "--out", "x.jsonl"});
  EXPECT_EQ(arguments.methods, (std::vector<std::string>{"cobyla", "cma_es"}));
  EXPECT_EQ(arguments.problems, std::vector<std::string>{"constrained"});
  EXPECT_EQ(arguments.seeds, 4);
  EXPECT_TRUE(arguments.rolling);
  EXPECT_FALSE(arguments.quick);
  EXPECT_EQ(arguments.out, "x.jsonl");
}

TEST(BenchArguments, AreToldAllThatIsWrongAtOnce) {
  try {
    read_bench_arguments({"--sedes", "--seeds", "4x", "--budget", "0", "--out"});
    FAIL() << "accepted";
  } catch (const core::InputError& error) {
    std::vector<std::string> places;
    for (const core::Fault& fault : error.faults()) places.push_back(fault.place);
    EXPECT_EQ(places, (std::vector<std::string>{"--sedes", "--seeds", "--budget", "--out"}));
  }
}

TEST(BenchArguments, RefuseWhatThisBenchHasNot) {
  EXPECT_THROW(read_bench_arguments({"--rolling"}, {"--rolling"}), core::InputError);
  EXPECT_THROW(read_bench_arguments({"--workers", "2"}, {"--workers"}), core::InputError);
}

TEST(BenchArguments, OfAFewBenchesAreNoOptionOfTheOthers) {
  EXPECT_THROW(read_bench_arguments({"--device", "cpu"}), core::InputError);
  const BenchArguments arguments =
      read_bench_arguments({"--device", "cuda,cpu", "--prior", "50"}, {}, {"--device", "--prior"});
  EXPECT_EQ(arguments.devices, (std::vector<std::string>{"cuda", "cpu"}));
  EXPECT_EQ(arguments.prior, 50);
  EXPECT_THROW(read_bench_arguments({"--model-points", "50"}, {}, {"--device", "--prior"}), core::InputError);
}

TEST(Select, KeepsTheOrderOfWhatIsKnown) {
  EXPECT_EQ(select("--methods", {"c", "a"}, {"a", "b", "c"}), (std::vector<std::string>{"a", "c"}));
  EXPECT_EQ(select("--methods", {}, {"a", "b"}), (std::vector<std::string>{"a", "b"}));
}

TEST(Select, ListsWhatIsKnownForANameThatIsNot) {
  try {
    select("--methods", {"a", "cobila"}, {"a", "cobyla"});
    FAIL() << "accepted";
  } catch (const core::InputError& error) {
    ASSERT_EQ(error.faults().size(), 1U);
    EXPECT_NE(error.faults()[0].what.find("cobila"), std::string::npos);
    EXPECT_NE(error.faults()[0].hint.find("a, cobyla"), std::string::npos);
  }
}
