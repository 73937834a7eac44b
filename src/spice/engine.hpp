// ngspice in this process, through its shared library.
// SPDX-License-Identifier: BSD-3-Clause
//
// Several circuits may be loaded at once; one is present, and all else speaks of that one.
//
// ngspice has global state and no thread safety: one Engine per process, and only in a worker program. Its return codes
// say nothing, so that success is judged by the plots that appear and failure explained by its messages. When ngspice
// gives up for good (ControlledExit) the process is lost: the hook is called and must not return.
#pragma once

#include <complex>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace exturbo::spice {

class Engine {
 public:
  /// \param on_exit called from inside ngspice when it wants the process to end; must end it.
  explicit Engine(std::function<void()> on_exit);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  /// Adds a circuit, which becomes the present one, and gives its handle; nothing if ngspice refused the deck, and
  /// failure() says why.
  std::optional<int> add(const std::vector<std::string>& deck);
  /// Makes a circuit the present one.
  void select(int circuit);
  void remove(int circuit);
  /// Runs an analysis command; true if it made a new plot with data and ran to its end.
  bool run(const std::string& analysis);
  /// Whether the last run ended early, at a `stop` condition that was set before; its points up to there are kept.
  bool stopped() const { return stopped_; }
  /// Goes on with such a run; as run().
  bool resume();
  /// Runs another command (save, alter, meas); what it says is in messages().
  void command(const std::string& text);
  /// Several at once, which costs a third of it.
  void commands(const std::vector<std::string>& texts);
  /// Frees all plots.
  void destroy_plots();

  /// Names of the vectors of the newest plot, lower case ("out", "vdd#branch", "frequency").
  std::vector<std::string> vector_names() const;
  /// Voltages and currents of the operating point that the last run solved, on its own or, with `.options keepopinfo`,
  /// for an AC analysis; empty if there is none.
  std::map<std::string, double> operating_point() const;
  /// A vector of the newest plot, or an `@device[parameter]`; empty if there is none.
  std::vector<std::complex<double>> vector(const std::string& name) const;
  /// A vector of the spectrum that the last noise analysis made.
  std::vector<std::complex<double>> noise_vector(const std::string& name) const;
  /// Names of the vectors of that spectrum, lower case.
  std::vector<std::string> noise_names() const;

  /// What ngspice said during the last load, run or command.
  const std::vector<std::string>& messages() const { return messages_; }
  /// The messages that explain a failure, as one sentence.
  std::string failure() const;
  bool loading() const { return loading_; }
  std::string version() const { return version_; }
  /// Processor time spent in run() so far, s.
  double analysis_seconds() const { return analysis_seconds_; }

 private:
  static int on_message(char* text, int, void* self);
  void analyse(const std::string& command);
  void note_progress(const std::string& message);
  std::size_t loaded_count();
  /// Of the present circuit, see model_values.hpp; "" if all are numbers.
  std::string model_value_without_number(const std::vector<std::string>& deck);
  static int on_controlled_exit(int, bool, bool, int, void* self);

  std::function<void()> on_exit_;
  std::vector<std::string> messages_;
  std::string version_;
  std::vector<int> circuits_;  ///< Handles in ngspice's order: the newest first.
  double analysis_seconds_ = 0;
  int present_ = -1;
  int next_ = 0;
  bool loading_ = false;
  bool stopped_ = false, paused_ = false, broken_off_ = false;  ///< What the last analysis said.
  std::optional<std::string> sought_in_listing_;                ///< While a listing comes as messages.
};

}  // namespace exturbo::spice
