// Compares a pool with cold processes of ngspice on random designs of problems, and tells why where they disagree.
// SPDX-License-Identifier: BSD-3-Clause
//
// agreement [--designs N=1000] [--seed N=1] [--workers N=1] [--load-anew] [--quick] [--out DIR] [--table]
// PROBLEM.json... Each design is a line of DIR/<circuit>-<problem>-<seed>.jsonl as soon as it is done; those there are
// not simulated again. --table: only prints what is there. --quick: 10 designs. Ends with 1 if a disagreement is the
// pool's fault. agreement --shuffled [--designs N=200] ...: instead, designs in shuffled order over 1, 2 and 4 workers,
// to the bit.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "exturbo/problem/load.hpp"
#include "support/disagreement.hpp"

namespace {

namespace fs = std::filesystem;
using namespace exturbo;
using Json = nlohmann::ordered_json;

struct Arguments {
  int designs = 0;
  test::AgreementOptions options;
  bool quick = false, shuffled = false, table = false;
  fs::path out = "build/agreement";
  std::vector<std::string> problems;
};

[[noreturn]] void usage(const std::string& why) {
  std::fprintf(stderr, "%s; see the head of tests/bench/agreement.cpp\n", why.c_str());
  std::exit(2);
}

Arguments read_arguments(int count, char** words) {
  Arguments arguments;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    const auto number = [&] { return i + 1 < count ? std::atoi(words[++i]) : (usage(word + " needs a number"), 0); };
    if (word == "--designs") {
      arguments.designs = number();
    } else if (word == "--seed") {
      arguments.options.rng_seed = static_cast<std::uint64_t>(number());
    } else if (word == "--workers") {
      arguments.options.workers = number();
    } else if (word == "--load-anew") {
      arguments.options.in_place = false;
    } else if (word == "--quick") {
      arguments.quick = true;
    } else if (word == "--shuffled") {
      arguments.shuffled = true;
    } else if (word == "--table") {
      arguments.table = true;
    } else if (word == "--out" && i + 1 < count) {
      arguments.out = words[++i];
    } else if (word.starts_with("-")) {
      usage("unknown option " + word);
    } else {
      arguments.problems.push_back(word);
    }
  }
  if (arguments.problems.empty()) usage("no problem");
  if (arguments.designs <= 0) arguments.designs = arguments.quick ? 10 : arguments.shuffled ? 200 : 1000;
  return arguments;
}

problem::Problem load(const std::string& file) {
  const problem::LoadResult loaded = problem::load_problem(file);
  for (const core::Fault& fault : loaded.faults) std::fprintf(stderr, "%s\n", core::to_string(fault).c_str());
  if (!loaded.faults.empty()) std::exit(2);
  return loaded.problem;
}

Json answer_json(const test::Answer& answer) {
  return answer.unmeasured.empty() ? Json(answer.value) : Json(answer.unmeasured);
}

Json line_of(const test::Comparison& comparison, const std::vector<test::Disagreement>& disagreements,
             const problem::Problem& problem) {
  Json metrics = Json::object();
  for (const auto& [metric, verdict] : comparison.verdicts) {
    const test::BatchRun& run = comparison.batch.at(problem.metric(metric)->testbench);
    metrics[metric] = {test::to_string(verdict), answer_json(test::answer_of(comparison.pool, metric)),
                       answer_json(test::answer_of(run, metric))};
  }
  double cpu = 0;
  for (const auto& [testbench, run] : comparison.batch) cpu += run.cpu_seconds;
  Json line{{"design", comparison.design},
            {"status", spice::to_string(comparison.pool.status)},
            {"solved_by", comparison.pool.solved_by},
            {"pool_seconds", comparison.pool.seconds},
            {"ngspice_cpu_seconds", cpu},
            {"metrics", metrics}};
  if (!disagreements.empty()) line["variables"] = comparison.variables;
  for (const test::Disagreement& disagreement : disagreements) {
    line["disagreements"].push_back({{"metric", disagreement.metric},
                                     {"cause", test::to_string(disagreement.cause)},
                                     {"outcome", test::is_outcome(disagreement.cause)},
                                     {"detail", disagreement.detail}});
  }
  return line;
}

/// What is there, by design; a line that was cut off is passed over.
std::map<std::uint64_t, Json> read_lines(const fs::path& file) {
  std::map<std::uint64_t, Json> lines;
  std::ifstream stream(file);
  for (std::string text; std::getline(stream, text);) {
    Json line = Json::parse(text, nullptr, false);
    if (!line.is_object() || !line.contains("design")) continue;
    const auto design = line["design"].get<std::uint64_t>();
    lines[design] = std::move(line);
  }
  return lines;
}

void run_missing(const problem::Problem& problem, const Arguments& arguments, const fs::path& file) {
  const auto lines = read_lines(file);
  std::vector<std::uint64_t> missing;
  for (std::uint64_t design = 0; design < static_cast<std::uint64_t>(arguments.designs); ++design) {
    if (!lines.contains(design)) missing.push_back(design);
  }
  if (missing.empty()) return;
  test::Agreement agreement(problem, arguments.options);
  test::Diagnosis diagnosis(agreement);
  std::ofstream out(file, std::ios::app);
  out << "\n";  // ends a line that was cut off
  const auto chunk = static_cast<std::size_t>(arguments.options.workers);
  for (std::size_t begin = 0; begin < missing.size(); begin += chunk) {
    const std::size_t end = std::min(begin + chunk, missing.size());
    for (const test::Comparison& comparison : agreement.compare({missing.begin() + static_cast<std::ptrdiff_t>(begin),
                                                                 missing.begin() + static_cast<std::ptrdiff_t>(end)}))
      out << line_of(comparison, diagnosis.explain(comparison), problem).dump() << std::endl;
  }
}

/// Prints the table and the list of a file; the number of disagreements that are the pool's fault.
int print_table(const std::string& name, const fs::path& file) {
  const auto lines = read_lines(file);
  std::map<std::string, std::map<std::string, int>> counts;
  std::map<std::string, int> causes, solved;
  double pool = 0, cold = 0;
  int faults = 0;
  for (const auto& [design, line] : lines) {
    for (const auto& [metric, answers] : line["metrics"].items()) ++counts[metric][answers[0].get<std::string>()];
    for (const Json& disagreement : line.value("disagreements", Json::array())) {
      ++causes[disagreement["cause"].get<std::string>()];
      if (!disagreement["outcome"].get<bool>()) ++faults;
    }
    ++solved[line["status"].get<std::string>() + " " + line["solved_by"].get<std::string>()];
    pool += line["pool_seconds"].get<double>();
    cold += line["ngspice_cpu_seconds"].get<double>();
  }
  std::printf("\n%s: %zu designs; pool %.0f s, cold ngspice %.0f s of processor time\n", name.c_str(), lines.size(),
              pool, cold);
  std::printf("%-22s %9s %9s %9s %9s %12s %9s\n", "metric", "compared", "within", "outside", "only pool",
              "only ngspice", "neither");
  for (auto& [metric, count] : counts)
    std::printf("%-22s %9d %9d %9d %9d %12d %9d\n", metric.c_str(), count["within"] + count["outside"], count["within"],
                count["outside"], count["only pool"], count["only ngspice"], count["neither"]);
  for (const auto& [how, count] : solved) std::printf("  %s: %d\n", how.c_str(), count);
  for (const auto& [cause, count] : causes) std::printf("  disagreements, %s: %d\n", cause.c_str(), count);
  for (const auto& [design, line] : lines) {
    for (const Json& disagreement : line.value("disagreements", Json::array())) {
      const std::string metric = disagreement["metric"].get<std::string>();
      std::printf("  design %llu (%s) %s: pool %s, cold %s: %s; %s\n", static_cast<unsigned long long>(design),
                  line["solved_by"].get<std::string>().c_str(), metric.c_str(),
                  line["metrics"][metric][1].dump().c_str(), line["metrics"][metric][2].dump().c_str(),
                  disagreement["cause"].get<std::string>().c_str(), disagreement["detail"].get<std::string>().c_str());
    }
  }
  std::fflush(stdout);
  return faults;
}

int run_shuffled(const std::string& name, const problem::Problem& problem, const Arguments& arguments) {
  const auto different =
      test::shuffled_differences(problem, arguments.options, static_cast<std::uint64_t>(arguments.designs));
  std::printf("%s: %d designs in shuffled order over 1, 2 and 4 workers: %zu differ in a bit\n", name.c_str(),
              arguments.designs, different.size());
  for (const std::uint64_t design : different) std::printf("  design %llu\n", static_cast<unsigned long long>(design));
  std::fflush(stdout);
  return static_cast<int>(different.size());
}

}  // namespace

int main(int count, char** words) {
  const Arguments arguments = read_arguments(count, words);
  fs::create_directories(arguments.out);
  int faults = 0;
  for (const std::string& file : arguments.problems) {
    const problem::Problem problem = load(file);
    const std::string name = problem.folder.filename().string() + "-" + fs::path(file).stem().string() + "-" +
                             std::to_string(arguments.options.rng_seed) +
                             (arguments.options.in_place ? "" : "-load-anew");
    const fs::path lines = arguments.out / (name + ".jsonl");
    if (arguments.shuffled) {
      faults += run_shuffled(name, problem, arguments);
      continue;
    }
    if (!arguments.table) run_missing(problem, arguments, lines);
    faults += print_table(name, lines);
  }
  return faults == 0 ? 0 : 1;
}
