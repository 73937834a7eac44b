// Sweeps of frequency and of a source, coarse and then fine where a measure reads them.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numeric>
#include <set>

#include "evaluator.hpp"
#include "exturbo/core/number.hpp"

namespace exturbo::spice {
namespace {

constexpr double kCoarsePerDecade = 7;
constexpr std::array kFinePerDecade{40.0, 200.0};  ///< Points around a crossing that fewer do not resolve.
constexpr double kResolved = 2.8e-3;  ///< Share of a value, and radians, by which its neighbours may miss it.
constexpr long kStride = 10;          ///< Points of a DC sweep that the coarse one steps over.
constexpr long kLeastStride = 4;      ///< Below, a coarse sweep saves nothing.
constexpr long kChunk = 8;            ///< Points of a sweep between looks at whether it may end.
constexpr double kSameBranch = 1e-4;  ///< V between two solutions of the same point: more is another solution.

bool is_decades(const std::vector<std::string>& parts, double least) {
  return parts.size() == 5 && parts[0] == "ac" && parts[1] == "dec" &&
         core::parse_number(parts[2]).value_or(0) >= least;
}

std::string decades(double count, double from, double to) {
  return "ac dec " + core::format_exact(count) + " " + core::format_exact(from) + " " + core::format_exact(to);
}

/// The largest step over points by which both ends are reached from the center.
long common_stride(const Grid& grid) {
  const long common = std::gcd(grid.center, grid.last - grid.center);
  for (long stride = std::min(kStride, common); stride >= kLeastStride; --stride) {
    if (common % stride == 0) return stride;
  }
  return 1;
}

std::string sweep_command(const std::string& source, const Grid& grid, long from, long to, long stride) {
  const double step = (to >= from ? 1.0 : -1.0) * static_cast<double>(stride) * grid.step;
  // A quarter of a step beyond the end keeps the last point whatever the rounding of the sum of steps.
  const double end = grid.first + static_cast<double>(to) * grid.step + 0.25 * step;
  const double begin = grid.first + static_cast<double>(from) * grid.step;
  return "dc " + source + " " + core::format_exact(begin) + " " + core::format_exact(end) + " " +
         core::format_exact(step);
}

/// Whether each point of a stretch is where a cubic through its four neighbours expects it, in logarithm of magnitude
/// and phase. What is read between neighbouring points is 7 times nearer: to 0.04 % of a unity-gain frequency and 0.03
/// degrees.
bool is_resolved(const AnalysisData& sweep, const Window& stretch) {
  const auto misses = [&](const std::vector<std::complex<double>>& values, std::size_t i) {
    if (i < 2 || i + 2 >= values.size()) return true;
    std::complex<double> expected = 0;
    const auto place = [&](std::size_t of) { return std::log(sweep.scale[of] / sweep.scale[i]); };
    for (const std::size_t j : {i - 2, i - 1, i + 1, i + 2}) {
      double weight = 1;
      for (const std::size_t k : {i - 2, i - 1, i + 1, i + 2}) {
        if (k != j) weight *= place(k) / (place(k) - place(j));
      }
      expected += weight * std::log(values[j] / values[i]);
    }
    return !(std::abs(expected) <= kResolved);
  };
  for (std::size_t i = 0; i < sweep.scale.size(); ++i) {
    if (sweep.scale[i] < stretch.from || sweep.scale[i] > stretch.to) continue;
    for (const auto& [name, values] : sweep.vectors) {
      if (misses(values, i)) return false;
    }
  }
  return true;
}

bool has_windows(const Measure& measure) { return measure.windows != nullptr; }

}  // namespace

bool Evaluator::is_adaptive(const AnalysisPlan& analysis, const std::function<bool(const Measure&)>& property) const {
  return plan_.adaptive_sweeps && analysis.meas.empty() && !analysis.readers.empty() &&
         std::all_of(analysis.readers.begin(), analysis.readers.end(), [&](std::size_t reader) {
           const Measure* measure = measure_of(plan_.metrics.at(reader).measure);
           return measure != nullptr && property(*measure);
         });
}

void Evaluator::visit_readers(const TestbenchPlan& testbench, const AnalysisPlan& analysis, const AnalysisData& data,
                              const std::function<void(const Measure&, const MeasureArguments&)>& visit) const {
  TestbenchData all;
  all.operating_point = data_.at(testbench.name).operating_point;
  all.analyses[analysis.name] = data;
  for (const std::size_t reader : analysis.readers) {
    const problem::MetricDefinition& metric = plan_.metrics.at(reader);
    const Measure* measure = measure_of(metric.measure);
    if (measure == nullptr) continue;
    // A ratio of two analyses reads each of them as it would its first.
    std::map<std::string, std::string> options = metric.options;
    options["analysis"] = analysis.name;
    visit(*measure, MeasureArguments(measure->info, all, options, values_));
  }
}

std::vector<Window> Evaluator::windows(const TestbenchPlan& testbench, const AnalysisPlan& analysis,
                                       const AnalysisData& coarse) const {
  std::vector<Window> result;
  visit_readers(testbench, analysis, coarse, [&](const Measure& measure, const MeasureArguments& arguments) {
    if (measure.windows == nullptr) return;
    for (const Window& window : measure.windows(arguments)) {
      const bool known = std::any_of(result.begin(), result.end(), [&](const Window& other) {
        return other.from == window.from && other.to == window.to;
      });
      if (!known) result.push_back(window);
    }
  });
  return result;
}

bool Evaluator::is_complete(const TestbenchPlan& testbench, const AnalysisPlan& analysis, const AnalysisData& data,
                            const Window& whole) const {
  bool complete = true;
  try {
    visit_readers(testbench, analysis, data, [&](const Measure& measure, const MeasureArguments& arguments) {
      complete = complete && measure.complete(arguments, whole);
    });
  } catch (const NotMeasurable&) {
    return false;
  }
  return complete;
}

/// A sweep coarse enough to be cheap may miss the shape that complex poles give the response at its crossing: where it
/// does not resolve what the measures read, a finer one covers that stretch. Without adaptive sweeps, and where the
/// coarse one does not tell, the whole sweep takes the place of the coarse one.
AnalysisData Evaluator::run_frequencies(const TestbenchPlan& testbench, const AnalysisPlan& analysis,
                                        const std::string& command) {
  const std::vector<std::string> parts = words(command);
  std::vector<std::string> sweeps{command};
  if (is_adaptive(analysis, has_windows) && is_decades(parts, 1.4 * kCoarsePerDecade))
    sweeps.insert(sweeps.begin(), "ac dec " + core::format_exact(kCoarsePerDecade) + " " + parts[3] + " " + parts[4]);
  AnalysisData data;
  for (const std::string& sweep : sweeps) {
    data = run_plainly(analysis, sweep);
    if (data.failure.empty()) run_meas(testbench, analysis);
    if (!data.failure.empty() || !is_decades(parts, 1)) break;
    try {
      for (const Window& window : windows(testbench, analysis, data)) {
        const double from = std::max(window.from, data.scale.front());
        const double to = std::min(window.to, data.scale.back());
        if (!(from > 0) || !(to > from)) continue;
        for (const double density : kFinePerDecade) {
          if (is_resolved(data, {from, to})) break;
          const AnalysisData fine = run_plainly(analysis, decades(density, from, to));
          if (!fine.failure.empty()) return fine;
          insert_points(data, fine);
        }
      }
      break;
    } catch (const NotMeasurable&) {
      // The whole sweep may tell, and says why if it does not.
    }
  }
  return data;
}

AnalysisData Evaluator::run_noise(const TestbenchPlan& testbench, const AnalysisPlan& analysis,
                                  const std::string& command) {
  const std::size_t sweep = lower_case(command).find(" dec ");
  const std::vector<std::string> parts = words(command.substr(std::min(sweep, command.size())));
  if (parts.size() != 4 || !is_adaptive(analysis, has_windows)) return run_plainly(analysis, command);
  std::set<double> frequencies;
  for (const Window& window : windows(testbench, analysis, {})) frequencies.insert(window.from);
  const bool inside = core::parse_number(parts[2]).value_or(0) <= *frequencies.begin() &&
                      *frequencies.rbegin() <= core::parse_number(parts[3]).value_or(0);
  if (!inside || frequencies.size() > 2) return run_plainly(analysis, command);
  return run_plainly(analysis, command.substr(0, sweep) + " lin " + std::to_string(frequencies.size()) + " " +
                                   core::format_exact(*frequencies.begin()) + " " +
                                   core::format_exact(*frequencies.rbegin()));
}

bool Evaluator::run_points(const AnalysisPlan& analysis, const std::string& source, const Grid& grid, long from,
                           long to, long stride, AnalysisData& data) {
  if (!engine_.run(sweep_command(source, grid, from, to, stride))) {
    data.failure = engine_.failure();
    return false;
  }
  add_points(analysis, grid, from, to >= from ? stride : -stride, data);
  return true;
}

/// Adds the points from, from + step, ... that ngspice has just swept.
void Evaluator::add_points(const AnalysisPlan& analysis, const Grid& grid, long from, long step, AnalysisData& data) {
  const AnalysisData part = collect(analysis);
  for (std::size_t i = 0; i < part.scale.size(); ++i)
    data.scale.push_back(grid.first + static_cast<double>(from + step * static_cast<long>(i)) * grid.step);
  for (const auto& [name, values] : part.vectors) {
    auto& all = data.vectors[name];
    all.insert(all.end(), values.begin(), values.end());
  }
}

/// Far from its middle a sweep costs most: behind its clipped end a circuit hardly converges.
bool Evaluator::run_half(const TestbenchPlan& testbench, const AnalysisPlan& analysis, const std::string& source,
                         const Grid& grid, long to, AnalysisData& data) {
  const long direction = to >= grid.center ? 1 : -1;
  const auto center = engine_.vector("@" + source + "[dc]");
  for (long points = kChunk; points < std::abs(to - grid.center); points += kChunk)
    engine_.command("stop after " + std::to_string(points));
  const Window whole{center.back().real(), grid.first + static_cast<double>(to) * grid.step};
  bool ended = engine_.run(sweep_command(source, grid, grid.center, to, 1));
  while (!ended && engine_.stopped()) {
    AnalysisData half;
    half.kind = analysis.kind;
    add_points(analysis, grid, grid.center, direction, half);
    if (is_complete(testbench, analysis, half, whole)) break;
    ended = engine_.resume();
  }
  const bool complete = ended || engine_.stopped();
  if (complete) {
    add_points(analysis, grid, grid.center, direction, data);
  } else {
    data.failure = engine_.failure();
  }
  // Only a sweep that ran to its end puts back the value of its source.
  engine_.command("alter @" + source + "[dc]=" + core::format_exact(center.back().real()));
  engine_.command("delete all");
  return complete;
}

/// A sweep whose source has its operating-point value inside the range is run from there to both ends: its start is
/// solved already, and the sweep stays on the branch of the operating point.
AnalysisData Evaluator::run_sweep(const TestbenchPlan& testbench, const AnalysisPlan& analysis,
                                  const std::string& command) {
  const std::vector<std::string> parts = words(command);
  std::vector<double> numbers;
  for (std::size_t i = 2; i < parts.size(); ++i) numbers.push_back(core::parse_number(parts[i]).value_or(std::nan("")));
  const auto center = parts.size() == 5 ? engine_.vector("@" + parts[1] + "[dc]") : std::vector<std::complex<double>>{};
  if (center.empty() || !(numbers[2] > 0) || !(center.back().real() > numbers[0]) ||
      !(center.back().real() < numbers[1])) {
    return run_plainly(analysis, command);
  }
  const Grid grid{numbers[0], numbers[2], std::lround(std::floor((numbers[1] - numbers[0]) / numbers[2] + 1e-6)),
                  std::lround((center.back().real() - numbers[0]) / numbers[2])};
  if (is_adaptive(analysis, [](const Measure& measure) { return measure.complete != nullptr; })) {
    AnalysisData data;
    data.kind = analysis.kind;
    if (run_half(testbench, analysis, parts[1], grid, grid.last, data))
      run_half(testbench, analysis, parts[1], grid, 0, data);
    return data;
  }
  const long stride = is_adaptive(analysis, has_windows) ? common_stride(grid) : 1;
  const auto run_halves = [&](long over) {
    AnalysisData data;
    data.kind = analysis.kind;
    if (run_points(analysis, parts[1], grid, grid.center, grid.last, over, data))
      run_points(analysis, parts[1], grid, grid.center, 0, over, data);
    return data;
  };
  if (stride > 1) {
    AnalysisData data = run_halves(stride);
    if (data.failure.empty() && refine_sweep(testbench, analysis, parts[1], grid, stride, data)) return data;
  }
  return run_halves(1);
}

/// Makes a coarse sweep fine in the windows, from their inner ends outwards. False if it is to be run whole: the coarse
/// one does not tell, or a solution found anew at a window's start is not that of the sweep.
bool Evaluator::refine_sweep(const TestbenchPlan& testbench, const AnalysisPlan& analysis, const std::string& source,
                             const Grid& grid, long stride, AnalysisData& data) {
  const AnalysisData coarse = data;
  try {
    for (const Window& window : windows(testbench, analysis, coarse)) {
      long inner = std::lround((window.from - grid.first) / grid.step);
      long outer = std::lround((window.to - grid.first) / grid.step);
      if (inner + outer < 2 * grid.center) std::swap(inner, outer);
      const std::size_t begin = data.scale.size();
      if (!run_points(analysis, source, grid, inner, outer, 1, data)) return false;
      const double position = grid.first + static_cast<double>(inner) * grid.step;
      const auto known = std::find_if(coarse.scale.begin(), coarse.scale.end(), [&](double value) {
        return std::abs(value - position) < 0.01 * grid.step * static_cast<double>(stride);
      });
      if (known == coarse.scale.end()) return false;
      const auto index = static_cast<std::size_t>(known - coarse.scale.begin());
      for (const auto& [name, values] : coarse.vectors) {
        const auto& fine = data.vectors.at(name);
        if (fine.size() <= begin || values.size() <= index || std::abs(fine[begin] - values[index]) > kSameBranch)
          return false;
      }
    }
  } catch (const NotMeasurable&) {
    return false;
  }
  return true;
}

}  // namespace exturbo::spice
