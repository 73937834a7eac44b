// Runs the real program: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "program.hpp"

#include "support/child_process.hpp"
#include "support/temporary_folder.hpp"

namespace exturbo::test {

Completed run_exturbo(const std::vector<std::string>& arguments, const std::filesystem::path& folder,
                      std::chrono::seconds limit) {
  std::vector<std::string> words{EXTURBO_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  const TemporaryFolder streams;
  ChildProcess child(words, streams.path(), folder);
  Completed completed;
  completed.hung = !child.ends_within(limit);
  if (completed.hung) child.kill(SIGKILL);
  const int status = child.wait();
  if (status >= 128 && status != 130) {
    completed.signal = status - 128;
  } else {
    completed.exit_code = status;
  }
  completed.out = child.out();
  completed.err = child.err();
  return completed;
}

}  // namespace exturbo::test
