// Faults of user input: what is wrong, where, and what to do.
// SPDX-License-Identifier: BSD-3-Clause
//
// A reader of user input collects every fault it finds and throws one InputError with all of them.
// Nothing else in the library throws because of user input; simulations, fits and agents that fail are values.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace exturbo::core {

/// One thing that is wrong with an input.
struct Fault {
  std::string id;     ///< Stable message id, such as "PRB-004".
  std::string file;   ///< The file, or "command line".
  std::string place;  ///< A JSON pointer ("/variables/W1/min"), "line 12", or an option name; may be empty.
  std::string what;   ///< What is wrong.
  std::string hint;   ///< What to do about it.
};

/// One line: `file: place: error ID: what (hint)`.
std::string to_string(const Fault& fault);

/// All faults of an input at once. what() is one line per fault.
class InputError : public std::runtime_error {
 public:
  explicit InputError(std::vector<Fault> faults);
  const std::vector<Fault>& faults() const noexcept { return faults_; }

 private:
  std::vector<Fault> faults_;
};

/// The environment lacks something (a program, a folder that can be written, memory): exit code 3 of the CLI.
class EnvironmentError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The name in `candidates` closest to `name` (Levenshtein distance at most a third of its length), or ""; always "" for
/// a name of more than 64 characters.
std::string closest_name(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace exturbo::core
