// Cold processes of ngspice: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "batch_ngspice.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <stdexcept>

#include "exturbo/core/number.hpp"
#include "exturbo/problem/expression.hpp"
#include "spice/measures/measure.hpp"
#include "support/raw_file.hpp"

extern char** environ;

namespace exturbo::test {
namespace {

using spice::AnalysisData;
using spice::AnalysisPlan;
using spice::Measure;
using spice::NotMeasurable;
using spice::TestbenchData;
using spice::TestbenchPlan;

/// How a process ended and what it took.
struct Spawned {
  bool killed = false;
  double cpu_seconds = 0;
  double wall_seconds = 0;
};

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

/// Runs `ngspice -b deck.cir` in a folder, what it says into the file `output`.
Spawned spawn_ngspice(const std::filesystem::path& folder, double cpu_limit) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, (folder / "output").c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0644);
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
  // ngspice sets its own number of OpenMP threads; they wait busily for each other.
  std::string thread_limit = "OMP_THREAD_LIMIT=1";
  std::vector<char*> environment{thread_limit.data()};
  for (char** variable = environ; *variable != nullptr; ++variable) environment.push_back(*variable);
  environment.push_back(nullptr);
  std::string words[] = {"ngspice", "-b", "-n", "deck.cir"};
  char* arguments[] = {words[0].data(), words[1].data(), words[2].data(), words[3].data(), nullptr};
  const auto begin = std::chrono::steady_clock::now();
  pid_t pid = -1;
  const int error = posix_spawnp(&pid, "ngspice", &actions, nullptr, arguments, environment.data());
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw std::runtime_error("cannot start ngspice");
  const auto limit = static_cast<rlim_t>(std::ceil(cpu_limit));
  const rlimit bounds{limit, limit};
  prlimit(pid, RLIMIT_CPU, &bounds, nullptr);
  int status = 0;
  rusage usage{};
  while (wait4(pid, &status, 0, &usage) < 0 && errno == EINTR) continue;
  return {WIFSIGNALED(status), seconds(usage.ru_utime) + seconds(usage.ru_stime),
          std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count()};
}

double number_at(const std::vector<std::string>& parts, std::size_t i) {
  return i < parts.size() ? core::parse_number(parts[i]).value_or(0) : 0;
}

/// ngspice's exit status says nothing, and an aborted analysis leaves the points up to there: why a plot is not that of
/// the whole analysis, or "".
std::string why_not_whole(const RawPlot& plot, const std::string& kind, const std::vector<std::string>& parts) {
  const std::map<std::string, std::string> names{{"op", "Operating Point"},
                                                 {"ac", "AC Analysis"},
                                                 {"dc", "DC transfer characteristic"},
                                                 {"tran", "Transient Analysis"},
                                                 {"noise", "Noise Spectral Density Curves"}};
  if (!plot.name.starts_with(names.at(kind)) || plot.vectors.empty() || plot.vectors[0].empty())
    return "ngspice gave no data";
  if (kind == "op" || kind == "noise") return "";
  const double last = plot.vectors[0].back().real();
  const double end = number_at(parts, kind == "tran" ? 2 : kind == "dc" ? 3 : 4);
  // The last point of a sweep may fall short of its end by less than a step.
  const double slack = kind == "dc"                        ? 0.75 * std::abs(number_at(parts, 4))
                       : kind == "ac" && parts[1] == "dec" ? end * (1 - std::pow(10, -1 / number_at(parts, 2)))
                                                           : 1e-6 * end;
  const bool whole = kind == "dc" ? std::abs(last - end) < slack : last > end - slack;
  return whole ? "" : "aborted at " + core::format_number(last, 4) + " of " + core::format_number(end, 4);
}

AnalysisData data_of(const RawPlot& plot, const AnalysisPlan& analysis, const std::string& command) {
  AnalysisData data;
  data.kind = analysis.kind;
  if (!analysis.ac.empty()) data.ac_magnitude = 0;
  for (const auto& [source, magnitude] : analysis.ac)
    data.ac_magnitude = std::max(data.ac_magnitude, std::abs(magnitude));
  data.failure = why_not_whole(plot, analysis.kind, spice::words(command));
  if (!data.failure.empty()) return data;
  for (const std::complex<double>& value : plot.vectors[0]) data.scale.push_back(value.real());
  for (std::size_t i = 1; i < plot.names.size(); ++i) data.vectors[plot.names[i]] = plot.vectors[i];
  return data;
}

std::string written(const std::string& vector) {
  return vector.find_first_of("#_") == std::string::npos ? "v(" + vector + ")" : vector;
}

}  // namespace

BatchNgspice::BatchNgspice(const problem::Problem& problem, const BatchOptions& options)
    : options_(options), plan_(spice::make_plan(problem, {})) {
  // The models' logs of their parameter checks would cost a slow disk more than the simulation.
  for (const char* name : {"b3v3_1check.log", "b3v32check.log", "b3v33check.log", "bsim4v5.out", "bsim4v7.out"})
    std::filesystem::create_symlink("/dev/null", folder_.path() / name);
}

bool BatchNgspice::is_installed() {
  static const bool installed = std::system("command -v ngspice >/dev/null 2>&1") == 0;
  return installed;
}

bool BatchNgspice::reads_operating_point(const TestbenchPlan& testbench) const {
  return options_.operating_points ||
         std::any_of(plan_.metrics.begin(), plan_.metrics.end(), [&](const problem::MetricDefinition& metric) {
           const Measure* measure = spice::measure_of(metric.measure);
           return metric.testbench == testbench.name && measure != nullptr && measure->info.analyses.empty();
         });
}

std::string BatchNgspice::command(const AnalysisPlan& analysis, const Values& values) const {
  const std::string whole = problem::substitute_expressions(analysis.command, values);
  const std::vector<std::string> parts = spice::words(whole);
  if (parts.size() != 5) return whole;
  if (analysis.kind == "dc" && options_.downward)
    return "dc " + parts[1] + " " + parts[3] + " " + parts[2] + " -" + parts[4];
  if (analysis.kind != "ac" || parts[1] != "dec" || number_at(parts, 2) >= options_.points_per_decade) return whole;
  return "ac dec " + core::format_exact(options_.points_per_decade) + " " + parts[3] + " " + parts[4];
}

std::vector<std::string> BatchNgspice::deck(const TestbenchPlan& testbench, const Values& variables,
                                            const Values& values, const Values& nodeset) const {
  std::vector<std::string> lines = spice::deck_lines(testbench.deck, variables, nodeset);
  std::vector<std::string> control{".control", "set num_threads=1", "set nomoremode"};
  const auto add = [&](const std::string& line) { control.push_back(line); };
  if (reads_operating_point(testbench)) {
    add("op");
    add("write op.raw all");
    add("destroy all");
  }
  for (const AnalysisPlan& analysis : testbench.analyses) {
    if (analysis.vectors.empty() || analysis.kind == "op") continue;
    const std::string text = command(analysis, values);
    const bool noise = analysis.kind == "noise";
    if (analysis.kind == "ac" || noise) {
      Values magnitudes = analysis.ac;
      if (noise && magnitudes.empty()) magnitudes[spice::words(text).at(2)] = 1;
      for (const std::string& source : testbench.sources)
        add("alter @" + source +
            "[acmag]=" + (magnitudes.contains(source) ? core::format_exact(magnitudes[source]) : "0"));
    }
    std::string vectors;
    for (const std::string& vector : analysis.vectors) vectors += " " + (noise ? vector : written(vector));
    if (!noise) add("save" + vectors);
    add(text);
    if (noise) add("setplot previous");
    add("write " + analysis.name + ".raw" + vectors);
    add("delete all");
    add("destroy all");
  }
  add("quit");
  add(".endc");
  if (!options_.simulator_options.empty()) lines.insert(lines.end() - 1, ".options " + options_.simulator_options);
  lines.insert(lines.end() - 1, control.begin(), control.end());
  return lines;
}

BatchRun BatchNgspice::run(std::size_t corner, std::size_t index, const Values& variables, const Values& nodeset) {
  const spice::CornerPlan& planned = plan_.corners.at(corner);
  const TestbenchPlan& testbench = planned.testbenches.at(index);
  Values values = planned.parameters;
  values.insert(variables.begin(), variables.end());
  for (const auto& [name, value] : Values(values)) values.emplace(spice::lower_case(name), value);
  std::string text;
  for (const std::string& line : deck(testbench, variables, values, nodeset)) text += line + "\n";
  folder_.write("deck.cir", text);
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
    if (entry.path().extension() == ".raw") std::filesystem::remove(entry.path());
  }
  BatchRun run;
  const Spawned spawned = spawn_ngspice(folder_.path(), options_.cpu_limit);
  run.killed = spawned.killed;
  run.cpu_seconds = spawned.cpu_seconds;
  run.wall_seconds = spawned.wall_seconds;
  measure(testbench, values, run);
  return run;
}

void BatchNgspice::measure(const TestbenchPlan& testbench, const Values& values, BatchRun& run) const {
  TestbenchData data;
  const RawPlot point = read_raw_file(folder_.path() / "op.raw");
  if (why_not_whole(point, "op", {}).empty()) {
    for (std::size_t i = 0; i < point.names.size(); ++i)
      data.operating_point[point.names[i]] = point.vectors[i][0].real();
  }
  for (const AnalysisPlan& analysis : testbench.analyses) {
    if (analysis.vectors.empty() || analysis.kind == "op") continue;
    AnalysisData& read = data.analyses[analysis.name];
    read = data_of(read_raw_file(folder_.path() / (analysis.name + ".raw")), analysis, command(analysis, values));
    run.points[analysis.name] = read.scale.size();
  }
  run.operating_point = data.operating_point;
  for (const problem::MetricDefinition& metric : plan_.metrics) {
    const Measure* measure = spice::measure_of(metric.measure);
    if (metric.testbench != testbench.name || metric.kind != problem::MetricKind::kMeasure || measure == nullptr)
      continue;
    try {
      const double value = measure->compute(spice::MeasureArguments(measure->info, data, metric.options, values));
      if (!std::isfinite(value)) throw NotMeasurable{"the value is not finite"};
      run.metrics[metric.id] = value;
    } catch (const NotMeasurable& problem) {
      run.unmeasured[metric.id] = problem.reason;
    }
  }
}

BatchRun BatchNgspice::run(std::size_t corner, const Values& variables) {
  BatchRun all;
  for (std::size_t i = 0; i < testbenches(corner).size(); ++i) {
    BatchRun one = run(corner, i, variables);
    all.metrics.merge(one.metrics);
    all.unmeasured.merge(one.unmeasured);
    all.points.merge(one.points);
    if (i == 0) all.operating_point = one.operating_point;
    all.killed = all.killed || one.killed;
    all.cpu_seconds += one.cpu_seconds;
    all.wall_seconds += one.wall_seconds;
  }
  return all;
}

}  // namespace exturbo::test
