// Measures on made-up vectors: what they cannot measure is said, not guessed.
// SPDX-License-Identifier: BSD-3-Clause
#include "spice/measures/measure.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <set>

namespace exturbo::spice {
namespace {

using Options = std::map<std::string, std::string>;
const std::map<std::string, double> kParameters{{"vdd", 1.0}, {"vcm", 0.5}};

double compute(const std::string& measure, const TestbenchData& data, const Options& options = {}) {
  const Measure* found = measure_of(measure);
  return found->compute(MeasureArguments(found->info, data, options, kParameters));
}

/// The reason why the measure has no value, or "".
std::string reason(const std::string& measure, const TestbenchData& data, const Options& options = {}) {
  try {
    compute(measure, data, options);
    return "";
  } catch (const NotMeasurable& error) {
    return error.reason;
  }
}

TestbenchData with(const std::string& name, const AnalysisData& analysis) {
  TestbenchData data;
  data.analyses[name] = analysis;
  return data;
}

AnalysisData wave(double step, double stop, double (*function)(double)) {
  AnalysisData data;
  data.kind = "tran";
  for (int i = 0; i * step <= stop * (1 + 1e-12); ++i) {
    data.scale.push_back(i * step);
    data.vectors["out"].push_back(function(i * step));
  }
  return data;
}

TEST(Measures, EachHasAUniqueNameAUnitAndADefinition) {
  std::set<std::string> names;
  for (const MeasureInfo& info : builtin_measures()) {
    EXPECT_TRUE(names.insert(info.name).second) << info.name;
    EXPECT_FALSE(info.unit.empty()) << info.name;
    EXPECT_GT(info.definition.size(), 20u) << info.name;
  }
  for (const char* name :
       {"dc_gain", "unity_gain_frequency", "phase_margin", "cmrr", "psrr", "slew_rate", "output_swing", "icmr_low",
        "icmr_high", "thd", "offset", "input_noise", "input_noise_1meg", "power"}) {
    EXPECT_NE(find_measure(name), nullptr) << name;
  }
  EXPECT_EQ(find_measure("gain"), nullptr);
}

TEST(Measures, FailedAnalysisIsTheReason) {
  AnalysisData failed;
  failed.failure = "no convergence";
  EXPECT_NE(reason("dc_gain", with("differential", failed)).find("no convergence"), std::string::npos);
  EXPECT_NE(reason("dc_gain", {}).find("no analysis 'differential'"), std::string::npos);
}

TEST(Measures, GainThatNeverCrossesUnityIsNotMeasurable) {
  AnalysisData ac;
  ac.kind = "ac";
  ac.scale = {1, 10, 100};
  ac.vectors["out"] = {100, 90, 80};
  EXPECT_NE(reason("unity_gain_frequency", with("differential", ac)).find("does not fall"), std::string::npos);
  ac.vectors["out"] = {0.5, 0.4, 0.3};
  EXPECT_NE(reason("phase_margin", with("differential", ac)).find("below 0 dB"), std::string::npos);
  ac.vectors["out"] = {0, 0, 0};
  EXPECT_NE(reason("dc_gain", with("differential", ac)).find("no AC response"), std::string::npos);
}

TEST(Measures, GainIsPerUnitOfTheSource) {
  AnalysisData ac;
  ac.kind = "ac";
  ac.ac_magnitude = 2;
  ac.scale = {1};
  ac.vectors["out"] = {-200};
  EXPECT_NEAR(compute("dc_gain", with("differential", ac)), 40, 1e-12);
}

TEST(Measures, DistortionOfAKnownWave) {
  // 10 kHz of 0.2 V with 1 % third harmonic, two periods in uneven steps would do as well.
  const auto data = with("sine", wave(0.5e-6, 200e-6, [](double t) {
                           const double phase = 2 * std::numbers::pi * 1e4 * t;
                           return 0.5 + 0.2 * std::sin(phase) + 0.002 * std::sin(3 * phase + 1);
                         }));
  EXPECT_NEAR(compute("thd", data), -40, 1e-3);
}

TEST(Measures, DeadOutputHasNoDistortion) {
  const auto data = with(
      "sine", wave(0.5e-6, 100e-6, [](double t) { return 0.5 + 1e-8 * std::sin(2 * std::numbers::pi * 1e4 * t); }));
  EXPECT_NE(reason("thd", data).find("fundamental"), std::string::npos);
  const auto brief =
      with("sine", wave(0.5e-6, 60e-6, [](double t) { return 0.2 * std::sin(2 * std::numbers::pi * 1e4 * t); }));
  EXPECT_NE(reason("thd", brief).find("shorter than a period"), std::string::npos);
}

TEST(Measures, SlewNeedsAnOutputThatFollows) {
  AnalysisData step = wave(1e-8, 4e-6, [](double) { return 0.2; });
  for (const double time : step.scale) step.vectors["inp"].push_back(time > 0.2e-6 && time < 2.1e-6 ? 0.8 : 0.2);
  EXPECT_NE(reason("slew_rate", with("step", step)).find("does not follow"), std::string::npos);
  for (auto& value : step.vectors["inp"]) value = 0.2;
  EXPECT_NE(reason("slew_rate", with("step", step)).find("does not move"), std::string::npos);
}

TEST(Measures, BufferOffItsCommonModeHasNoInputRange) {
  AnalysisData sweep;
  sweep.kind = "dc";
  for (int i = 0; i <= 100; ++i) {
    sweep.scale.push_back(i * 0.01);
    sweep.vectors["out"].push_back(0.9);
  }
  EXPECT_NE(reason("icmr_low", with("sweep", sweep)).find("off by more than"), std::string::npos);
  EXPECT_NE(reason("output_swing", with("sweep", sweep)).find("nowhere"), std::string::npos);
}

TEST(Measures, RailToRailRangeReachesTheEndsOfTheSweep) {
  AnalysisData sweep;
  sweep.kind = "dc";
  for (int i = 0; i <= 100; ++i) {
    sweep.scale.push_back(i * 0.01);
    sweep.vectors["out"].push_back(i * 0.01 + 0.001);
  }
  EXPECT_EQ(compute("icmr_low", with("sweep", sweep)), 0);
  EXPECT_EQ(compute("icmr_high", with("sweep", sweep)), 1);
}

TEST(Measures, FinerPointsAreMergedInOrder) {
  AnalysisData ac;
  ac.kind = "ac";
  ac.scale = {1, 10, 100, 1000, 10000};
  ac.vectors["out"] = {100, 10, 0.5, 2, 0.1};
  AnalysisData finer;
  finer.scale = {10 * (1 + 1e-12), 50};
  finer.vectors["out"] = {10, 1.5};
  insert_points(ac, finer);
  EXPECT_EQ(ac.scale, (std::vector<double>{1, 10, 50, 100, 1000, 10000}));
  EXPECT_EQ(ac.vectors["out"][2], 1.5);
}

std::vector<Window> windows(const std::string& name, const TestbenchData& data, const Options& options = {}) {
  const Measure* measure = measure_of(name);
  const std::map<std::string, double> values{{"vdd", 1.0}, {"vcm", 0.5}};
  return measure->windows(MeasureArguments(measure->info, data, options, values));
}

TEST(Measures, WindowOfACoarseFrequencySweepHoldsTheCrossing) {
  AnalysisData ac;
  ac.kind = "ac";
  for (int i = 0; i <= 20; ++i) {
    const double frequency = std::pow(10, 0.25 * i);
    ac.scale.push_back(frequency);
    ac.vectors["out"].push_back(1000.0 / std::complex<double>(1, frequency));
  }
  const auto found = windows("phase_margin", with("differential", ac));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_LT(found[0].from, 1000);
  EXPECT_GT(found[0].to, 1000);
  EXPECT_LT(found[0].to / found[0].from, 4) << "a quarter of a decade each side";
  EXPECT_TRUE(windows("dc_gain", with("differential", ac)).empty()) << "the first point is there already";
  // A resonance may hide a crossing: the coarse sweep does not tell.
  ac.vectors["out"][8] *= 20;
  EXPECT_THROW(windows("phase_margin", with("differential", ac)), NotMeasurable);
}

TEST(Measures, WindowsOfACoarseSweepHoldTheEndsOfTheRange) {
  AnalysisData sweep;
  sweep.kind = "dc";
  for (int i = 0; i <= 20; ++i) {
    sweep.scale.push_back(0.05 * i);
    sweep.vectors["out"].push_back(std::clamp(0.05 * i, 0.22, 0.83));
  }
  const auto found = windows("icmr_low", with("sweep", sweep));
  ASSERT_EQ(found.size(), 2u);
  EXPECT_LE(found[0].from, 0.22);
  EXPECT_GE(found[0].to, 0.25);
  EXPECT_LE(found[1].from, 0.80);
  EXPECT_GE(found[1].to, 0.83);
}

bool complete(const std::string& name, const TestbenchData& data, double end, const Options& options = {}) {
  const Measure* measure = measure_of(name);
  const std::map<std::string, double> values{{"vdd", 1.0}, {"vcm", 0.5}};
  return measure->complete(MeasureArguments(measure->info, data, options, values), {0, end});
}

/// A sweep from 0 to `last` in 0.01 V steps of an output that clips at 0.6 V.
AnalysisData clipped_sweep(double last) {
  AnalysisData sweep;
  sweep.kind = "dc";
  for (int i = 0; 0.01 * i < std::abs(last) + 0.005; ++i) {
    const double input = std::copysign(0.01 * i, last);
    sweep.scale.push_back(input);
    sweep.vectors["out"].push_back(std::clamp(input, -0.6, 0.6));
  }
  return sweep;
}

TEST(Measures, SweepMayEndBehindTheSwingsEndIfNoLongerRunCanFollow) {
  const Options slope{{"slope", "1"}};
  for (const double side : {1.0, -1.0}) {
    EXPECT_FALSE(complete("output_swing", with("sweep", clipped_sweep(0.55 * side)), side, slope)) << "not clipped yet";
    EXPECT_FALSE(complete("output_swing", with("sweep", clipped_sweep(0.62 * side)), side, slope)) << "too few points";
    EXPECT_TRUE(complete("output_swing", with("sweep", clipped_sweep(0.64 * side)), side, slope));
    EXPECT_FALSE(complete("output_swing", with("sweep", clipped_sweep(0.64 * side)), 3 * side, slope))
        << "a longer run could follow";
  }
}

TEST(Measures, RecordOfASineMayEndOnceItRepeats) {
  const auto sine = [](double periods, double settling) {
    AnalysisData record;
    record.kind = "tran";
    for (int i = 0; i <= 200 * periods; ++i) {
      const double time = i / 200.0;
      record.scale.push_back(time);
      record.vectors["out"].push_back(std::sin(2 * std::numbers::pi * time) + settling * std::exp(-3 * time));
    }
    return with("sine", record);
  };
  const Options options{{"frequency", "1"}, {"amplitude", "1"}};
  EXPECT_FALSE(complete("thd", sine(1.05, 0), 2, options)) << "shorter than a period and a bit";
  EXPECT_TRUE(complete("thd", sine(1.1, 0), 2, options));
  EXPECT_FALSE(complete("thd", sine(1.1, 1e-3), 2, options)) << "still settling";
}

TEST(Measures, WindowsOfACoarseSweepHoldWhatMayHideABadStretch) {
  AnalysisData sweep;
  sweep.kind = "dc";
  for (int i = 0; i <= 20; ++i) {
    const double input = 0.05 * i;
    sweep.scale.push_back(input);
    // A slope of 0.92 from 0.35 to 0.45, within 10 % on the average of a segment only.
    sweep.vectors["out"].push_back(std::clamp(input, 0.22, 0.83) - 0.08 * (std::clamp(input, 0.35, 0.45) - 0.45));
  }
  const auto found = windows("icmr_low", with("sweep", sweep));
  ASSERT_EQ(found.size(), 3u);
  EXPECT_NEAR(found[1].from, 0.35, 1e-9);
  EXPECT_NEAR(found[1].to, 0.45, 1e-9);
}

TEST(Measures, OptionsNameOtherNodesAnalysesAndNumbers) {
  AnalysisData ac;
  ac.kind = "ac";
  ac.scale = {1, 10, 100, 1000};
  ac.vectors["vo"] = {1000, 100, 10, 1};
  const Options options{{"output", "VO"}, {"analysis", "mine"}, {"frequency", "{20*vcm}"}};
  EXPECT_NEAR(compute("dc_gain", with("mine", ac), options), 40, 1e-9);
  EXPECT_NE(reason("dc_gain", with("mine", ac), {{"output", "vo"}, {"analysis", "mine"}, {"frequency", "{nothing}"}}),
            "");
}

}  // namespace
}  // namespace exturbo::spice
