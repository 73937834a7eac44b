// The roles at work: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/agents/vlm_roles.hpp"

#include <optional>
#include <stdexcept>

#include "conversation.hpp"
#include "exturbo/core/fault.hpp"
#include "exturbo/core/number.hpp"
#include "exturbo/core/text.hpp"
#include "exturbo/sizing/cost.hpp"
#include "exturbo/sizing/simulate.hpp"
#include "exturbo/vlm/image.hpp"
#include "prompt.hpp"
#include "role_answers.hpp"
#include "role_texts.hpp"

namespace exturbo::agents {
namespace {

using problem::Json;

constexpr std::size_t kMaxNotes = 200;
constexpr std::size_t kMaxDesignsBytes = 48U << 10;

/// Failures that the next request would meet again.
bool is_lasting(vlm::Status status) {
  return status != vlm::Status::kOk && status != vlm::Status::kTimeOut && status != vlm::Status::kServerError &&
         status != vlm::Status::kMalformed && status != vlm::Status::kTooLarge;
}

class Team {
 public:
  Team(const problem::Problem& problem, const std::string& circuit_json, vlm::Transport& transport,
       const VlmRolesOptions& options, const Simulate& simulate)
      : problem_(problem),
        transport_(transport),
        options_(options),
        simulate_(simulate),
        names_(known_names(problem, circuit_json)),
        space_(sizing::search_space(problem)) {
    values_["problem"] = fenced("problem", problem_text(problem, names_));
    values_["circuit"] = circuit_text(problem, circuit_json);
    for (const char* key : {"analysis", "operating_point", "middle", "designs", "review"})
      values_[key] = "Nothing yet.";
  }

  VlmRolesResult work() {
    run();
    for (const auto& [role, answer] : answers_) analysis_[role] = answer;
    result_.analysis = analysis_.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
    return std::move(result_);
  }

 private:
  void run() {
    if (!options_.schematic.empty()) image_ = std::make_shared<const vlm::Image>(vlm::load_image(options_.schematic));
    if (ended()) return;
    if (const auto answer = ask(kCircuitAnalyst, 0, &read_analyst)) values_["analysis"] = told(*answer);
    image_.reset();
    if (ended()) return;
    if (const auto outcome = simulate({})) values_["middle"] = fenced("simulation", outcome_text(problem_, *outcome));
    if (ended()) return;
    if (const auto answer = ask(kOperatingPointDesigner, 0, &read_operating_point))
      values_["operating_point"] = told(*answer);
    for (int round = 0; round <= options_.rounds && !ended(); ++round) {
      const auto sized = ask(kSizingEngineer, round, &read_sizing);
      if (!sized) return stop_at(std::string(kSizingEngineer.title) + " gave no design");
      take(kSizingEngineer, round, sized->designs);
      if (ended()) return;
      const auto review = ask(kReviewer, round, &read_reviewer);
      if (!review) return stop_at(std::string(kReviewer.title) + " gave no review");
      values_["review"] = told(*review);
      take(kReviewer, round, review->designs);
      if (review->accepts) return;
    }
  }

  bool ended() {
    if (options_.stop != nullptr && *options_.stop) stop_at("stopped");
    return !result_.status.empty();
  }
  void stop_at(const std::string& why) {
    if (result_.status.empty()) result_.status = why;
  }
  void note(const std::string& text) {
    if (result_.notes.size() < kMaxNotes) result_.notes.push_back(core::one_line(text, 500));
  }

  /// An answer as the next role reads it: the model's words, fenced.
  template <typename Answer>
  static std::string told(const Answer& answer) {
    return fenced("answer", to_json(answer).dump(1));
  }

  /// The answer of a role as far as it is usable; what went wrong goes into status and notes.
  template <typename Answer>
  std::optional<Answer> ask(const Role& role, int round, Answer (*read)(const problem::JsonPlace&, const KnownNames&)) {
    const auto checked = [&](const Json& json, std::vector<core::Fault>& faults) {
      return read(problem::JsonPlace(json, "", "answer", faults), names_);
    };
    const Check check = [&](const Json& json) {
      std::vector<core::Fault> faults;
      checked(json, faults);
      return faults;
    };
    const Turn turn = converse(transport_, {role, round, fill(role.prompt, values_), image_}, check,
                               options_.corrections, options_.max_tokens);
    result_.usage += turn.usage;
    const std::string who = std::string(role.title) + ", round " + std::to_string(round) + ": ";
    if (turn.status != vlm::Status::kOk) {
      const std::string what = who + vlm::to_string(turn.status) + ": " + turn.message;
      note(what);
      if (is_lasting(turn.status)) stop_at(core::one_line(what, 500));
    }
    for (const core::Fault& fault : turn.faults) note(who + "left out: " + fault.place + ": " + fault.what);
    if (!turn.answer) return std::nullopt;
    std::vector<core::Fault> told_already;
    Answer answer = checked(*turn.answer, told_already);
    if (!answer.usable()) return std::nullopt;
    answers_[role.name].push_back(to_json(answer));
    return answer;
  }

  /// Outcome of a design; nothing if there is no simulator, which is told once.
  std::optional<run::Json> simulate(const std::map<std::string, double>& variables) {
    if (no_simulator_) return std::nullopt;
    try {
      run::Json outcome = simulate_ ? simulate_(problem_, variables) : sizing::simulate(problem_, variables);
      ++result_.simulations;
      return outcome;
    } catch (const core::EnvironmentError& error) {
      no_simulator_ = true;
      note(std::string("designs are not simulated: ") + error.what());
      return std::nullopt;
    }
  }

  /// The values that are given, rounded to their grids.
  std::map<std::string, double> rounded(const std::map<std::string, double>& variables) const {
    std::vector<double> values = problem::middle_values(problem_);
    const auto free = problem_.free_variables();
    for (std::size_t i = 0; i < free.size(); ++i) {
      if (const auto given = variables.find(free[i]->name); given != variables.end()) values[i] = given->second;
    }
    values = space_.round_values(values);
    std::map<std::string, double> result;
    for (std::size_t i = 0; i < free.size(); ++i) {
      if (variables.contains(free[i]->name)) result[free[i]->name] = values[i];
    }
    return result;
  }

  /// Makes seeds of designs that are new and simulates them.
  void take(const Role& role, int round, const std::vector<Design>& designs) {
    for (const Design& design : designs) {
      const std::string who = std::string(role.title) + ", round " + std::to_string(round) + ", " + design.name;
      problem::Seed seed{"vlm",         role.name,        transport_.model(), rounded(design.variables),
                         design.reason, design.confidence};
      bool known = false;
      for (const problem::Seed& other : result_.seeds) known = known || other.variables == seed.variables;
      if (known) {
        note(who + ": proposed before");
        continue;
      }
      const auto outcome = ended() ? std::nullopt : simulate(seed.variables);
      if (outcome) {
        const std::string missed = missed_specs(*outcome);
        note(who + ": J " + core::format_number(outcome->value("cost", 0.0), 3) +
             (missed.empty() ? ", meets all specs" : ", misses " + missed));
      }
      tell_design(who, seed.variables, outcome);
      result_.seeds.push_back(std::move(seed));
    }
  }

  /// Adds a design to what the next roles are told, of which the newest fit.
  void tell_design(const std::string& who, const std::map<std::string, double>& variables,
                   const std::optional<run::Json>& outcome) {
    designs_.push_back("## " + who + "\n" + values_text(variables) + "\n" +
                       (outcome ? outcome_text(problem_, *outcome) : std::string("Not simulated.\n")));
    std::string text;
    for (auto design = designs_.rbegin(); design != designs_.rend(); ++design) {
      if (text.size() + design->size() > kMaxDesignsBytes) break;
      text.insert(0, *design + "\n");
    }
    values_["designs"] = fenced("designs", text);
  }

  const problem::Problem& problem_;
  vlm::Transport& transport_;
  const VlmRolesOptions& options_;
  const Simulate& simulate_;
  KnownNames names_;
  bo::SearchSpace space_;
  std::shared_ptr<const vlm::Image> image_;
  std::map<std::string, std::string> values_;  ///< Of the prompts' placeholders.
  std::vector<std::string> designs_;
  std::map<std::string, Json> answers_;
  Json analysis_ = Json::object();
  bool no_simulator_ = false;
  VlmRolesResult result_;
};

}  // namespace

VlmRolesResult ask_roles(const problem::Problem& problem, const std::string& circuit_json, vlm::Transport& transport,
                         const VlmRolesOptions& options, const Simulate& simulate) {
  const auto in = [](int value, int high) { return value >= 0 && value <= high; };
  if (!in(options.rounds, 10)) throw std::invalid_argument("VlmRolesOptions: rounds must lie in [0, 10]");
  if (!in(options.corrections, 10)) throw std::invalid_argument("VlmRolesOptions: corrections must lie in [0, 10]");
  if (options.max_tokens < 1) throw std::invalid_argument("VlmRolesOptions: max_tokens must be positive");
  return Team(problem, circuit_json, transport, options, simulate).work();
}

}  // namespace exturbo::agents
