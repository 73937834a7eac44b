// An evaluator command that goes wrong as its first argument says, for designs with x < 0 or for all.
// SPDX-License-Identifier: BSD-3-Clause
//
// Other designs, and those of the behaviour "good", get honest metrics f and g. Each process notes its id in the file
// `pids` of its folder, so that a test can see whether it is gone.
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <functional>
#include <iostream>
#include <map>
#include <string>

extern char** environ;

namespace {

struct Design {
  std::string id;
  double x = 0, y = 0;
};

double number_after(const std::string& line, const char* key) {
  const std::size_t at = line.find(key);
  return at == std::string::npos ? 0 : std::strtod(line.c_str() + at + std::strlen(key), nullptr);
}

void say(const std::string& line) { std::cout << line << std::endl; }

void reply(const Design& design, const std::string& body) { say("{\"id\": " + design.id + ", " + body + "}"); }

void answer(const Design& d) {
  char text[200];
  const double f = 0.1 + (d.x - 0.3) * (d.x - 0.3) + 2 * (d.y - 0.6) * (d.y - 0.6);
  std::snprintf(text, sizeof text, "\"metrics\": {\"f\": %.17g, \"g\": %.17g}", f, d.x + d.y);
  reply(d, text);
}

void note_pid() {
  const int file = open("pids", O_WRONLY | O_CREAT | O_APPEND, 0644);
  const std::string line = std::to_string(getpid()) + "\n";
  if (write(file, line.data(), line.size()) < 0) _exit(9);
  close(file);
}

/// A child that nothing but SIGKILL ends; one that has left the group too.
void leave_children() {
  for (const bool leaves : {false, true}) {
    if (fork() != 0) continue;
    if (leaves) setsid();
    signal(SIGTERM, SIG_IGN);
    note_pid();
    for (;;) pause();
  }
}

void wait_for_ever() {
  for (;;) pause();
}

void tell_surroundings(const Design& d) {
  std::string text = std::filesystem::current_path().string();
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd"))
    text += " fd" + entry.path().filename().string();
  for (char** entry = environ; *entry != nullptr; ++entry) {
    if (std::strncmp(*entry, "EVT_", 4) == 0) text += std::string(" ") + *entry;
  }
  reply(d, "\"error\": \"" + text + "\"");
}

/// One design of eight ends it, one is refused, one has no finite metric; each takes a time of its own.
void mixed(const Design& d) {
  usleep(static_cast<useconds_t>(std::fmod(std::abs(d.x) * 1e6, 4000)));
  const int kind = static_cast<int>(std::abs(d.x) * 1000) % 8;
  if (kind == 0) {
    std::cerr << "no good x\n";
    _exit(7);
  }
  if (kind == 1) return reply(d, "\"error\": \"no operating point\"");
  if (kind == 2) return reply(d, "\"metrics\": {\"f\": NaN, \"g\": 1}");
  answer(d);
}

void dies_once(const Design& d) {
  if (access("died", F_OK) == 0) return answer(d);
  close(open("died", O_WRONLY | O_CREAT, 0644));
  _exit(4);
}

const std::map<std::string, std::function<void(const Design&)>> kFaults{
    {"good", answer},
    {"mixed", mixed},
    {"dies",
     [](const Design&) {
       std::cerr << "last words\n";
       _exit(3);
     }},
    {"dies_once", dies_once},
    {"crashes", [](const Design&) { raise(SIGKILL); }},
    {"hangs",
     [](const Design&) {
       std::cerr << "thinking\n";
       wait_for_ever();
     }},
    {"stops", [](const Design&) { raise(SIGSTOP); }},
    {"garbage", [](const Design&) { say("Loading the model \x1b[31m..."); }},
    {"blank", [](const Design&) { say(""); }},
    {"array", [](const Design&) { say("[1, 2]"); }},
    {"utf8", [](const Design& d) { reply(d, "\"error\": \"\xff\""); }},
    {"nul", [](const Design&) { say(std::string("{\"id\": \0}", 9)); }},
    {"nan", [](const Design& d) { reply(d, "\"metrics\": {\"f\": NaN, \"g\": 1}"); }},
    {"overflow", [](const Design& d) { reply(d, "\"metrics\": {\"f\": 1e999, \"g\": 1}"); }},
    {"text", [](const Design& d) { reply(d, "\"metrics\": {\"f\": \"1\", \"g\": 1}"); }},
    {"null", [](const Design& d) { reply(d, "\"metrics\": {\"f\": null, \"g\": 1}"); }},
    {"missing", [](const Design& d) { reply(d, "\"metrics\": {\"g\": 1}"); }},
    {"empty", [](const Design& d) { reply(d, "\"metric\": {}"); }},
    {"duplicate", [](const Design& d) { reply(d, "\"metrics\": {\"f\": 1, \"f\": 2, \"g\": 1}"); }},
    {"wrong_id", [](const Design&) { say(R"({"id": 4711, "metrics": {"f": 1, "g": 1}})"); }},
    {"no_id", [](const Design&) { say(R"({"metrics": {"f": 1, "g": 1}})"); }},
    {"deep", [](const Design&) { say(std::string(500000, '[')); }},
    {"long", [](const Design&) { say(std::string(2 << 20, ' ')); }},
    {"endless",
     [](const Design&) {
       for (;;) std::cout << std::string(65536, 'x');
     }},
    {"flood",
     [](const Design&) {
       for (;;) std::cout << "no reply\n";
     }},
    {"half",
     [](const Design& d) {
       std::cout << "{\"id\": " << d.id << std::flush;
       _exit(0);
     }},
    {"error",
     [](const Design& d) {
       std::cerr << "line 1\nline 2\n";
       reply(d, "\"error\": \"did not converge\"");
     }},
    {"noisy",
     [](const Design& d) {
       for (int i = 0; i < 100000; ++i) std::cerr << "warning " << i << ": nothing in particular, but at length\n";
       reply(d, "\"error\": \"noisy\"");
     }},
    {"twice",
     [](const Design& d) {
       answer(d);
       answer(d);
     }},
    {"one_shot",
     [](const Design& d) {
       answer(d);
       _exit(0);
     }},
    {"surroundings", tell_surroundings},
    {"parent", answer},
};

}  // namespace

int main(int count, char** words) {
  const std::string fault = count > 1 ? words[1] : "good";
  note_pid();
  if (fault == "exits") {
    std::cerr << "no licence\n";
    return 5;
  }
  if (fault == "never_reads") wait_for_ever();
  if (fault == "parent") leave_children();
  for (std::string line; std::getline(std::cin, line);) {
    const std::string id = std::to_string(static_cast<long>(number_after(line, "\"id\":")));
    const Design design{id, number_after(line, "\"x\":"), number_after(line, "\"y\":")};
    const bool everywhere = fault == "mixed" || fault == "one_shot";
    (design.x < 0 || everywhere ? kFaults.at(fault) : answer)(design);
  }
}
