// Two runs side by side: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/report/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "metric_text.hpp"
#include "page.hpp"
#include "page_files.hpp"
#include "parts.hpp"
#include "plot_frame.hpp"
#include "tables_comparison.hpp"

namespace exturbo::report {
namespace {

std::string folder_name(const run::RunFolder& run) {
  std::filesystem::path path = std::filesystem::absolute(run.path()).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();
  return path.filename().string();
}

RunPair pair_of(const run::RunFolder& a, const run::RunFolder& b) {
  return {read_summary(a), read_summary(b), folder_name(a), folder_name(b)};
}

/// The best J so far of one run, with a mark where it became feasible.
struct Curve {
  BestSoFar best;
  std::string feasible;
};

Curve curve_of(const Summary& summary, const Axis& x, const Axis& y) {
  Curve curve;
  for (const run::Evaluation& evaluation : summary.evaluations) {
    if (evaluation.failed() || !(evaluation.cost > 0)) continue;
    curve.best.add(x.pixel(evaluation.index), evaluation.cost, y);
    if (summary.first_feasible == evaluation.index)
      curve.feasible = mark_path(Mark::kDiamond, x.pixel(evaluation.index), y.pixel(evaluation.cost));
  }
  return curve;
}

std::string convergence(const RunPair& pair) {
  double low = 1, high = 1;
  int last = 0;
  for (const Summary* summary : {&pair.a, &pair.b}) {
    for (const run::Evaluation& evaluation : summary->evaluations) {
      last = std::max(last, evaluation.index);
      if (evaluation.failed() || !(evaluation.cost > 0)) continue;
      low = std::min(low, evaluation.cost);
      high = std::max(high, evaluation.cost);
    }
  }
  if (last == 0) return "";
  const Axis x = evaluation_axis(last), y(low / 1.15, high * 1.15, kPlotBottom, kPlotTop, true);
  const Curve a = curve_of(pair.a, x, y), b = curve_of(pair.b, x, y);
  const auto end = [&](const Summary& summary) {
    return summary.evaluations.empty() ? 0 : x.pixel(summary.evaluations.back().index);
  };
  const auto reached = [](const Summary& summary) {
    return summary.best ? general(summary.best->cost, 4) : std::string("nothing");
  };
  return plot_figure(
      "cost", "Best cost J so far", "A reaches " + reached(pair.a) + ", B reaches " + reached(pair.b) + ".",
      plot_frame(x, y, "") + horizontal_line("bound", y.pixel(1)) + b.best.path_to(end(pair.b), "other") +
          a.best.path_to(end(pair.a)) + svg_path("diamond", a.feasible + b.feasible) +
          svg_text(kPlotLeft + 8, y.pixel(1) + 14, "start", "J = 1: all specs met below", "label"),
      line_key("best", "A, " + pair.a_folder) + line_key("other", "B, " + pair.b_folder) +
          mark_key(Mark::kDiamond, "first feasible"));
}

Parts problems(const RunPair& pair) {
  const std::vector<std::string> differences = problem_differences(pair);
  if (differences.empty()) return {Sentence{"Both runs sized the same problem: all their inputs are equal."}};
  return {Sentence{"The problems differ:"}, Bullets{differences}};
}

/// The one sentence that a reader looks for.
std::string outcome(const RunPair& pair) {
  const auto a = pair.a.objective(), b = pair.b.objective();
  const std::string& metric = pair.a.problem.objective.metric;
  const bool a_met = pair.a.verdict == Verdict::kFeasible, b_met = pair.b.verdict == Verdict::kFeasible;
  if (a_met != b_met) return std::string("Only ") + (a_met ? "A" : "B") + " meets all its specs.";
  const std::string both = a_met ? "Both meet all their specs" : "Neither meets all its specs";
  if (!a || !b || metric != pair.b.problem.objective.metric || *a == 0) return both + ".";
  const std::string unit = metric_unit(pair.a.problem, metric);
  return both + "; " + metric + " is " + quantity(*a, unit) + " in A and " + quantity(*b, unit) + " in B (" +
         signed_percent((*b - *a) / std::abs(*a)) + ").";
}

struct Section {
  const char* title;
  Parts parts;
};

std::vector<Section> sections(const RunPair& pair) {
  return {{"Runs", {outcomes_table(pair)}},
          {"Problems", problems(pair)},
          {"Specs", {compared_specs_table(pair)}},
          {"Sizes", {compared_sizes_table(pair)}},
          {"Convergence", {Picture{convergence(pair)}}},
          {"Settings",
           {settings_table(pair), Sentence{"Settings that are not listed are the same, the command line aside."}}}};
}

std::string title(const RunPair& pair) { return pair.a_folder + " and " + pair.b_folder; }

std::string html(const RunPair& pair) {
  std::string content;
  for (const Section& section : sections(pair))
    content += "<section>\n<h2>" + std::string(section.title) + "</h2>\n" + html_parts(section.parts) + "</section>\n";
  return fill_page(kComparisonTemplate, {{"title", escape_html(title(pair))},
                                         {"style", std::string(kPageStyle)},
                                         {"outcome", escape_html(outcome(pair))},
                                         {"content", content}});
}

std::string markdown(const RunPair& pair) {
  std::string text = "# Comparison: " + escape_markdown(title(pair)) + "\n\n" + escape_markdown(outcome(pair)) + "\n\n";
  for (const Section& section : sections(pair)) {
    const std::string content = markdown_parts(section.parts);
    if (!content.empty()) text += "## " + std::string(section.title) + "\n\n" + content;
  }
  return text;
}

}  // namespace

std::string render_comparison_html(const run::RunFolder& a, const run::RunFolder& b) { return html(pair_of(a, b)); }

std::string render_comparison_markdown(const run::RunFolder& a, const run::RunFolder& b) {
  return markdown(pair_of(a, b));
}

std::vector<std::string> write_comparison(const run::RunFolder& a, const run::RunFolder& b) {
  const RunPair pair = pair_of(a, b);
  const std::string page = html(pair), text = markdown(pair), name = "compare-" + pair.b_folder;
  a.write(name + ".html", page);
  a.write(name + ".md", text);
  return {name + ".html", name + ".md"};
}

}  // namespace exturbo::report
