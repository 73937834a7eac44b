// ngspice in this process: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "engine.hpp"

#include <ngspice/sharedspice.h>
#include <time.h>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <utility>

#include "model_values.hpp"
#include "netlist_text.hpp"

namespace exturbo::spice {
namespace {

constexpr std::size_t kMaxMessages = 200;
constexpr std::size_t kLongLine = 500;   ///< Characters of commands that are sent as one.
constexpr std::size_t kMaxReason = 600;  ///< Characters of ngspice's own words in a reason.

/// ngspice's interface takes `char*` and does not write to it.
int send(const std::string& text) { return ngSpice_Command(const_cast<char*>(text.c_str())); }

bool contains(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

/// Messages that name a failure; lower case.
bool is_failure(const std::string& message) {
  for (const char* part :
       {"aborted", "no convergence", "singular", "timestep too small", "iteration limit", "error", "unknown subckt",
        "can't find", "cannot", "no such", "too many", "not enough", "undefined"}) {
    if (contains(message, part)) return true;
  }
  return false;
}

/// What of a message helps to explain a failure: without progress notes and advice that does not apply; maybe nothing.
std::string told_part(const std::string& message) {
  std::string text = message;
  // A warning that follows a progress note on the same line.
  if (const std::size_t warning = text.find("Warning: "); warning != std::string::npos) text.erase(0, warning + 9);
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  if (start == std::string::npos) return "";
  text = text.substr(start, text.find_last_not_of(" \t\r\n") - start + 1);
  const std::string lower = lower_case(text);
  for (const char* noise :
       {"note: ", "circuit: ", "supplies reduced", "trying gmin", "one successful", "please check your",
        "netlist line no. 0", "error: ngspice.dll cannot", "error on line:", "using "}) {
    if (lower.compare(0, std::strlen(noise), noise) == 0) return "";
  }
  return text;
}

std::vector<std::complex<double>> values_of(const std::string& name) {
  std::vector<std::complex<double>> values;
  const vector_info* info = ngGet_Vec_Info(const_cast<char*>(name.c_str()));
  if (info == nullptr || info->v_length <= 0) return values;
  values.resize(static_cast<std::size_t>(info->v_length));
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (info->v_realdata != nullptr) {
      values[i] = info->v_realdata[i];
    } else if (info->v_compdata != nullptr) {
      values[i] = {info->v_compdata[i].cx_real, info->v_compdata[i].cx_imag};
    }
  }
  return values;
}

/// Of this thread: the clock of a process that has a timer on it moves only when the scheduler looks.
/// Newest first.
std::vector<std::string> plots_of(const char* kind) {
  std::vector<std::string> result;
  char** plots = ngSpice_AllPlots();
  for (; plots != nullptr && *plots != nullptr; ++plots) {
    if (std::strncmp(*plots, kind, std::strlen(kind)) == 0) result.emplace_back(*plots);
  }
  return result;
}

std::vector<std::string> names_in(const std::string& plot) {
  std::vector<std::string> names;
  char** all = ngSpice_AllVecs(const_cast<char*>(plot.c_str()));
  for (; all != nullptr && *all != nullptr; ++all) {
    std::string name = lower_case(*all);
    if (name.compare(0, 2, "v(") == 0) name = name.substr(2, name.size() - 3);  // nodes whose names are numbers
    names.push_back(name);
  }
  return names;
}

/// As ngspice wants a vector called.
std::string full_name(const std::string& name) {
  const bool numeric = !name.empty() && name.find_first_not_of("0123456789") == std::string::npos;
  return numeric ? "v(" + name + ")" : name;
}

double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

std::string current_plot() {
  const char* name = ngSpice_CurPlot();
  return name == nullptr ? "" : name;
}

}  // namespace

Engine::Engine(std::function<void()> on_exit) : on_exit_(std::move(on_exit)) {
  ngSpice_Init(on_message, nullptr, on_controlled_exit, nullptr, nullptr, nullptr, this);
  // Before the first analysis: ngspice's own OpenMP threads wait busily for each other.
  send("set num_threads=1");
  send("set nomoremode");
  messages_.clear();
  send("version -s");
  for (const std::string& message : messages_) {
    const std::size_t at = message.find("ngspice-");
    if (at != std::string::npos) version_ = message.substr(at + 8, message.find_first_of(" :", at) - at - 8);
  }
}

Engine::~Engine() {
  while (!circuits_.empty()) remove(circuits_.front());
}

int Engine::on_message(char* text, int, void* self) {
  // A listing may be longer than what is kept of messages.
  if (auto& sought = static_cast<Engine*>(self)->sought_in_listing_) {
    if (sought->empty()) sought = assignment_without_number(lower_case(text));
    return 0;
  }
  static_cast<Engine*>(self)->note_progress(text);
  auto& messages = static_cast<Engine*>(self)->messages_;
  // ngspice prefixes each line with the stream it would have gone to.
  std::string message = text;
  for (const char* stream : {"stdout ", "stderr "}) {
    if (message.compare(0, std::strlen(stream), stream) == 0) message.erase(0, std::strlen(stream));
  }
  if (messages.size() < kMaxMessages && !message.empty()) messages.push_back(message);
  return 0;
}

/// From all messages, however many there are: a transient lists its nodes first.
void Engine::note_progress(const std::string& message) {
  stopped_ = stopped_ || contains(message, "condition met: stop");
  paused_ = paused_ || contains(message, "pause requested");
  broken_off_ = broken_off_ || contains(message, "imulation(s) aborted") || contains(message, "imulation interrupted");
}

int Engine::on_controlled_exit(int, bool, bool, int, void* self) {
  static_cast<Engine*>(self)->on_exit_();
  return 0;
}

void Engine::destroy_plots() {
  send("delete all");
  send("destroy all");
}

std::optional<int> Engine::add(const std::vector<std::string>& deck) {
  messages_.clear();
  std::vector<char*> lines;
  for (const std::string& line : deck) lines.push_back(const_cast<char*>(line.c_str()));
  lines.push_back(nullptr);
  loading_ = true;
  const int code = ngSpice_Circ(lines.data());
  loading_ = false;
  // A refused deck is told by messages only; harmless notes are told alike.
  const bool refused = std::any_of(messages_.begin(), messages_.end(), [](const std::string& raw) {
    const std::string message = lower_case(raw);
    return contains(message, "error on line") || contains(message, "unknown subckt") ||
           contains(message, "circuit not parsed") || contains(message, "error: ") ||
           contains(message, "could not find a valid modelname") || contains(message, "unknown model type") ||
           contains(message, "there is no circuit") || contains(message, "interrupted due to error");
  });
  std::vector<std::string> said = messages_;
  // A refused deck leaves no circuit, in most cases: the list of circuits tells.
  const bool added = loaded_count() > circuits_.size();
  present_ = -1;
  if (added) {
    present_ = next_++;
    circuits_.insert(circuits_.begin(), present_);
    const std::string value = code == 0 && !refused ? model_value_without_number(deck) : "";
    if (!value.empty()) said.push_back("Error: not a number on a model card: " + value);
    if (code != 0 || refused || !value.empty()) remove(present_);
  }
  messages_ = said;
  return present_ < 0 ? std::nullopt : std::optional<int>(present_);
}

std::string Engine::model_value_without_number(const std::vector<std::string>& deck) {
  if (!has_model_expression(deck)) return "";
  sought_in_listing_ = "";
  command("listing expand");
  return *std::exchange(sought_in_listing_, std::nullopt);
}

/// How many circuits ngspice holds.
std::size_t Engine::loaded_count() {
  command("setcirc");
  return static_cast<std::size_t>(std::count_if(messages_.begin(), messages_.end(), [](const std::string& line) {
    const std::size_t digit = line.find_first_not_of("Current \t");
    return digit != std::string::npos && std::isdigit(static_cast<unsigned char>(line[digit])) != 0;
  }));
}

void Engine::select(int circuit) {
  if (circuit == present_) return;
  const auto place = std::find(circuits_.begin(), circuits_.end(), circuit);
  command("setcirc " + std::to_string(place - circuits_.begin() + 1));
  present_ = circuit;
}

void Engine::remove(int circuit) {
  select(circuit);
  destroy_plots();
  send("remcirc");
  ngSpice_Command(nullptr);  // forgets ngspice's command history
  circuits_.erase(std::find(circuits_.begin(), circuits_.end(), circuit));
  // ngspice makes some other circuit the present one: the next select() says which.
  present_ = -1;
}

void Engine::analyse(const std::string& command) {
  messages_.clear();
  stopped_ = paused_ = broken_off_ = false;
  const double begin = processor_seconds();
  send(command);
  analysis_seconds_ += processor_seconds() - begin;
}

bool Engine::run(const std::string& analysis) {
  const std::string before = current_plot();
  analyse(analysis);
  // A stop that was due at the very last point of a run is left over for the next one, which breaks off at its first.
  if (paused_ && !stopped_) analyse(analysis);
  return current_plot() != before && !broken_off_;
}

bool Engine::resume() {
  analyse("resume");
  return !broken_off_;
}

void Engine::command(const std::string& text) {
  messages_.clear();
  send(text);
}

void Engine::commands(const std::vector<std::string>& texts) {
  messages_.clear();
  std::string line;
  for (const std::string& text : texts) {
    line += (line.empty() ? "" : ";") + text;
    if (line.size() < kLongLine) continue;
    send(line);
    line.clear();
  }
  if (!line.empty()) send(line);
}

std::vector<std::string> Engine::vector_names() const { return names_in(current_plot()); }

std::map<std::string, double> Engine::operating_point() const {
  std::map<std::string, double> point;
  const std::vector<std::string> plots = plots_of("op");
  if (plots.empty()) return point;
  for (const std::string& name : names_in(plots.front())) {
    const auto values = values_of(plots.front() + "." + full_name(name));
    if (!values.empty()) point[name] = values.back().real();
  }
  return point;
}

std::vector<std::complex<double>> Engine::vector(const std::string& name) const { return values_of(full_name(name)); }

std::vector<std::complex<double>> Engine::noise_vector(const std::string& name) const {
  // A noise analysis makes two plots, the spectrum and then the integrals.
  for (const std::string& plot : plots_of("noise")) {
    auto values = values_of(plot + "." + name);
    if (!values.empty()) return values;
  }
  return {};
}

std::vector<std::string> Engine::noise_names() const {
  for (const std::string& plot : plots_of("noise")) {
    std::vector<std::string> names = names_in(plot);
    if (std::find(names.begin(), names.end(), "onoise_spectrum") != names.end()) return names;
  }
  return {};
}

std::string Engine::failure() const {
  // From the first message that names a failure on, with the one line before it: ngspice quotes the culprit around it.
  const auto first = std::find_if(messages_.begin(), messages_.end(),
                                  [](const std::string& text) { return is_failure(lower_case(text)); });
  if (first == messages_.end()) return "ngspice gave no result and no reason";
  std::string sentence;
  for (auto message = first == messages_.begin() ? first : first - 1; message != messages_.end(); ++message) {
    if (contains(lower_case(*message), "last node voltages")) break;  // a table of all nodes follows
    const std::string text = told_part(*message);
    if (text.empty() || sentence.size() > kMaxReason) continue;
    if (sentence.find(text) == std::string::npos) sentence += (sentence.empty() ? "" : "; ") + text;
  }
  return sentence;
}

}  // namespace exturbo::spice
