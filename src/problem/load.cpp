// Reads problem JSON: the document as a whole.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/problem/load.hpp"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <optional>
#include <set>
#include <string_view>

#include "exturbo/core/number.hpp"
#include "exturbo/core/text.hpp"
#include "include_reader.hpp"
#include "json_reader.hpp"
#include "library_part.hpp"
#include "load_parts.hpp"
#include "paths.hpp"

namespace exturbo::problem {
namespace {

/// Functions, constants and words of ngspice's parameter expressions: no name of a variable or parameter.
bool is_reserved(const std::string& name) {
  static constexpr std::string_view kReserved[] = {
      "abs",   "acos", "acosh",   "agauss", "and",    "arctan",      "asin",  "asinh", "atan", "atanh", "aunif", "ceil",
      "cos",   "cosh", "defined", "div",    "exp",    "floor",       "gauss", "hertz", "int",  "limit", "ln",    "log",
      "log10", "max",  "min",     "mod",    "nint",   "not",         "or",    "pow",   "pwr",  "sgn",   "sin",   "sinh",
      "sqr",   "sqrt", "tan",     "tanh",   "temper", "ternary_fcn", "time",  "unif",  "var",  "vec"};
  return std::find(std::begin(kReserved), std::end(kReserved), core::lower_case(name)) != std::end(kReserved);
}

void warn_of_mega(const Json& value, const std::string& pointer, std::vector<std::string>& warnings) {
  if (value.is_string() && core::is_ambiguous_mega(value.get_ref<const std::string&>())) {
    warnings.push_back(pointer + ": " + value.dump() +
                       " is read as milli; write \"meg\" for mega or a small m for milli");
  } else if (value.is_structured()) {
    for (const auto& item : value.items()) warn_of_mega(item.value(), pointer + "/" + item.key(), warnings);
  }
}

void read_run_defaults(const JsonPlace& root, Problem& problem) {
  if (root.has("budget")) problem.budget = static_cast<int>(root.at("budget").integer(1, 1000000).value_or(400));
  if (root.has("batch")) problem.batch = static_cast<int>(root.at("batch").integer(1, 64).value_or(4));
}

/// What is simulated: cell and parameters. Its files are read last.
void read_circuit(const JsonPlace& root, Problem& problem) {
  root.required_text("netlist");
  problem.cell = root.required_text("cell").value_or("");
  root.required_text("pdk");
  if (root.has("cell") && root.at("cell").value().is_string()) check_name(problem.cell, root.at("cell"), "cell");
  read_parameters(root, problem);
}

/// An include of what the process has loaded already, or of a file by the name of one of its files.
std::optional<core::Fault> process_objection(const Process& process, const std::string& name,
                                             const std::filesystem::path& path) {
  const std::string file = std::filesystem::path(name).filename().string();
  const bool known = std::any_of(process.files.begin(), process.files.end(), [&](const std::filesystem::path& own) {
    return own == path || (path.empty() && own.filename() == file);
  });
  if (!known) return std::nullopt;
  return core::Fault{"PRB-034", "", "", "\"" + name + "\" is already loaded with the process " + process.name,
                     "remove the line: the cards of each corner come from the process"};
}

void read_netlists(const JsonPlace& root, Problem& problem) {
  IncludeRules rules = netlist_rules(problem.folder);
  rules.objection = [&](const std::string& name, const std::filesystem::path& path) {
    return process_objection(problem.process, name, path);
  };
  const auto read = [&](const std::filesystem::path& file, std::vector<std::string>& lines, LineSources& sources) {
    SourceText text = read_source(file, "", rules, root.faults());
    lines = std::move(text.lines);
    sources = std::move(text.sources);
  };
  if (root.has("netlist") && root.at("netlist").value().is_string()) {
    const JsonPlace place = root.at("netlist");
    if (const auto path = resolve_inside(problem.folder, *place.text(), place)) {
      problem.netlist = *path;
      read(*path, problem.netlist_lines, problem.netlist_sources);
    }
  }
  for (Testbench& bench : problem.testbenches) {
    const JsonPlace bench_place = root.at("testbenches").at(bench.name);
    if (!bench_place.has("netlist") || !bench_place.at("netlist").value().is_string()) continue;
    const JsonPlace place = bench_place.at("netlist");
    if (const auto path = resolve_inside(problem.folder, bench.netlist.string(), place)) {
      bench.netlist = *path;
      read(*path, bench.lines, bench.sources);
    }
  }
}

/// Of a library only what the netlists need stays.
void keep_needed_library(Problem& problem) {
  if (problem.process.library.empty()) return;
  std::set<std::string> words = netlist_words(problem.netlist_lines);
  for (const Testbench& bench : problem.testbenches) words.merge(netlist_words(bench.lines));
  for (auto& [corner, text] : problem.process.library) text = needed_part(text, words);
}

void read_process(const JsonPlace& root, Problem& problem, const LoadOptions& options) {
  if (!root.has("pdk") || !root.at("pdk").value().is_string()) return;
  std::string process = *root.text("pdk");
  try {
    if (!options.process_folder.empty()) {
      process = options.process_folder.string();
    } else if (process.find('/') != std::string::npos) {
      process = (problem.folder / process).lexically_normal().string();  // An absolute path stays as it is.
    }
    problem.process = load_process(process, options);
  } catch (const core::InputError& error) {
    for (core::Fault fault : error.faults()) {
      if (fault.file == process) {
        fault.file = root.file();
        fault.place = "/pdk";
      }
      root.faults().push_back(std::move(fault));
    }
    return;
  }
  check_process_corners(root, problem.process);
}

}  // namespace

void check_name(const std::string& name, const JsonPlace& place, const std::string& what) {
  const bool good = !name.empty() && name.size() <= 64 && std::isalpha(static_cast<unsigned char>(name[0])) &&
                    std::all_of(name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) || c == '_'; });
  if ((what == "variable" || what == "parameter") && is_reserved(name)) {
    place.fault("PRB-002", "\"" + name + "\" is a function or constant of SPICE expressions", "rename the " + what);
  }
  if (!good)
    place.fault("PRB-001", "\"" + name + "\" is not a name for a " + what,
                "use letters, digits and _, a letter first, at most 64");
}

LoadResult load_problem(const std::filesystem::path& file, const LoadOptions& options) {
  LoadResult result;
  Problem& problem = result.problem;
  problem.allow_command = options.allow_command;
  const auto document = parse_json_file(file, result.faults);
  if (!document) return result;
  std::error_code error;
  problem.file = std::filesystem::canonical(file, error);
  problem.folder = problem.file.parent_path();
  const JsonPlace root(*document, "", file.string(), result.faults);
  if (!root.is_object("a problem")) return result;
  root.allow_keys({"name", "netlist", "cell", "pdk", "parameters", "variables", "testbenches", "metrics", "specs",
                   "objective", "corners", "budget", "batch", "evaluator"});
  warn_of_mega(*document, "", problem.warnings);
  problem.name = root.required_text("name").value_or("");
  if (root.has("name") && root.at("name").value().is_string()) check_name(*root.text("name"), root.at("name"), "name");
  if (root.has("evaluator")) {
    read_evaluator(root, problem);
  } else {
    read_circuit(root, problem);
  }
  read_variables(root, problem);
  if (!problem.evaluator) read_testbenches(root, problem);
  read_metrics(root, problem);
  read_specs(root, problem);
  read_objective(root, problem);
  read_run_defaults(root, problem);
  if (problem.evaluator) return result;
  read_corners(root, problem);
  // Faults of content come first; only then are the files that the document names looked up.
  std::vector<core::Fault> process_faults;
  read_process(JsonPlace(*document, "", file.string(), process_faults), problem, options);
  read_netlists(root, problem);
  result.faults.insert(result.faults.end(), process_faults.begin(), process_faults.end());
  keep_needed_library(problem);
  return result;
}

}  // namespace exturbo::problem
