// Processes of a run: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "processes.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <fstream>
#include <string>
#include <thread>

#include "run_files.hpp"
#include "support/child_process.hpp"

namespace exturbo::faults {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

bool computes(pid_t process) {
  std::ifstream stream("/proc/" + std::to_string(process) + "/stat");
  std::string text;
  std::getline(stream, text);
  const std::size_t end = text.rfind(')');
  return end != std::string::npos && end + 2 < text.size() && text[end + 2] == 'R';
}

}  // namespace

std::vector<pid_t> processes_of(const std::filesystem::path& folder) {
  std::vector<pid_t> found;
  std::error_code error;
  for (std::filesystem::directory_iterator entry("/proc", error), end; !error && entry != end; entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    // Empty for a zombie; an error for one that ends in this moment.
    const std::string line = read_file(entry->path() / "cmdline");
    if (line.find(folder.string() + "/") != std::string::npos) found.push_back(std::stoi(name));
  }
  return found;
}

pid_t busy_worker(pid_t program, const std::set<pid_t>& known) {
  pid_t any = -1;
  for (int i = 0; i < 1000; ++i) {
    for (const pid_t worker : test::children_of(program)) {
      if (known.contains(worker)) continue;
      any = worker;
      if (computes(worker)) return worker;
    }
    std::this_thread::sleep_for(milliseconds(1));
  }
  return any;
}

bool starve(pid_t process) {
  std::ifstream stream("/proc/" + std::to_string(process) + "/statm");
  rlim_t pages = 0;
  if (!(stream >> pages)) return false;
  const rlim_t bytes = pages * static_cast<rlim_t>(sysconf(_SC_PAGESIZE));
  const rlimit limit{bytes, bytes};
  return prlimit(process, RLIMIT_AS, &limit, nullptr) == 0;
}

double wait_for_end(const std::filesystem::path& folder, std::chrono::seconds limit, std::vector<pid_t>& orphans) {
  const auto begin = Clock::now();
  while (!(orphans = processes_of(folder)).empty() && Clock::now() < begin + limit)
    std::this_thread::sleep_for(milliseconds(5));
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

}  // namespace exturbo::faults
