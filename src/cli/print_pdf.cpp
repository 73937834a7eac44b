// Prints a page as PDF: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "print_pdf.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <vector>

#include "exturbo/core/fault.hpp"

namespace exturbo::cli {
namespace {

namespace fs = std::filesystem;
constexpr std::chrono::seconds kPatience(60);

/// A folder for what the program leaves, removed with it.
class Scratch {
 public:
  Scratch() {
    std::string pattern = (fs::temp_directory_path() / "exturbo-print-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw core::EnvironmentError("no scratch folder: set TMPDIR to one");
    path_ = pattern;
  }
  ~Scratch() {
    std::error_code error;
    fs::remove_all(path_, error);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

fs::path find_program(const std::string& name) {
  const char* value = ::getenv("PATH");
  const std::string path = value == nullptr ? "" : value;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find(':', begin), path.size());
    const fs::path file = fs::path(path.substr(begin, end - begin)) / name;
    // A relative folder of the PATH may be anybody's.
    if (file.is_absolute() && ::access(file.c_str(), X_OK) == 0 && fs::is_regular_file(file)) return file;
    begin = end + 1;
  }
  return {};
}

/// The file as URL: whatever is no plain character of a path is written as its bytes.
std::string url_of(const fs::path& file) {
  constexpr const char* kDigits = "0123456789ABCDEF";
  std::string url = "file://";
  for (const char c : fs::absolute(file).string()) {
    const auto code = static_cast<unsigned char>(c);
    const bool plain =
        (code < 0x80 && std::isalnum(code) != 0) || std::string_view("/-_.~").find(c) != std::string_view::npos;
    url += plain ? std::string(1, c) : std::string{'%', kDigits[code / 16], kDigits[code % 16]};
  }
  return url;
}

std::vector<std::string> words_of(const fs::path& program, const fs::path& page, const fs::path& pdf,
                                  const fs::path& scratch) {
  if (program.filename() == "weasyprint") return {program.string(), url_of(page), pdf.string()};
  std::vector<std::string> words{program.string(),
                                 "--headless",
                                 "--disable-gpu",
                                 "--disable-extensions",
                                 "--disable-background-networking",
                                 "--no-first-run",
                                 "--user-data-dir=" + (scratch / "profile").string(),
                                 "--no-pdf-header-footer",
                                 "--print-to-pdf-no-header",
                                 "--print-to-pdf=" + pdf.string()};
  // It refuses to sandbox itself for root; the page is our own and holds no script.
  if (::geteuid() == 0) words.emplace_back("--no-sandbox");
  words.push_back(url_of(page));
  return words;
}

/// Runs the program to its end; its exit status, or -1 if it had to be killed. What it started goes with it.
int run(std::vector<std::string> words) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  for (const int descriptor : {0, 1, 2}) posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  pid_t child = -1;
  const int error = posix_spawn(&child, words[0].c_str(), &actions, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw core::EnvironmentError(words[0] + " does not start: " + std::generic_category().message(error));
  const auto until = std::chrono::steady_clock::now() + kPatience;
  siginfo_t info{};
  bool ended = false;
  while (!ended && std::chrono::steady_clock::now() < until) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    ended = waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == child;
  }
  ::kill(-child, SIGKILL);  // The leader is not reaped yet: the group is still its own.
  int status = 0;
  ::waitpid(child, &status, 0);
  return ended && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

fs::path find_printer() {
  for (const char* name : {"chromium", "chromium-browser", "google-chrome", "weasyprint"}) {
    if (const fs::path program = find_program(name); !program.empty()) return program;
  }
  return {};
}

void print_pdf(const fs::path& page, const fs::path& pdf) {
  const fs::path program = find_printer();
  if (program.empty())
    throw core::EnvironmentError(
        "a PDF needs chromium, google-chrome or weasyprint on the PATH: install one, or print the page from a browser");
  const Scratch scratch;
  const fs::path part = fs::absolute(pdf).string() + ".part";
  std::error_code error;
  fs::remove(part, error);
  const int status = run(words_of(program, page, part, scratch.path()));
  if (status != 0 || !fs::is_regular_file(part)) {
    fs::remove(part, error);
    throw core::EnvironmentError(program.string() + " printed no PDF" +
                                 (status < 0   ? " within " + std::to_string(kPatience.count()) + " s"
                                  : status > 0 ? ": exit code " + std::to_string(status)
                                               : std::string()));
  }
  fs::rename(part, pdf);
}

}  // namespace exturbo::cli
