// Clocks that jump, for a program and its workers that are started with this object preloaded.
// SPDX-License-Identifier: BSD-3-Clause
//
// A tenth of a second after the start and then once a second the time of day jumps by up to a day either way, and the
// monotonic clocks by up to an hour forward, as after a suspension. Processor time is left alone. FAULTS_CLOCK names a
// file that gets a byte for each jump (workers do not inherit it).
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kHour = 3600, kDay = 24 * kHour;

std::atomic<std::int64_t> day_offset{0}, monotonic_offset{0}, next_jump{0};
std::atomic<std::uint32_t> jumps{0};

std::int64_t true_time(clockid_t clock) {
  using Function = int(clockid_t, timespec*);
  static auto* const real = reinterpret_cast<Function*>(dlsym(RTLD_NEXT, "clock_gettime"));
  timespec time{};
  real(clock, &time);
  return time.tv_sec * kSecond + time.tv_nsec;
}

void note_jump() {
  const char* name = std::getenv("FAULTS_CLOCK");
  if (name == nullptr) return;
  const int file = open(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (file < 0) return;
  const ssize_t ignored = write(file, "j", 1);
  static_cast<void>(ignored);
  close(file);
}

void jump_if_due() {
  const std::int64_t now = true_time(CLOCK_MONOTONIC);
  std::int64_t due = next_jump.load();
  if (due == 0) {
    next_jump.compare_exchange_strong(due, now + kSecond / 10);
  } else if (now >= due && next_jump.compare_exchange_strong(due, now + kSecond)) {
    const std::uint32_t draw = (jumps++ + 1) * 2654435761U;
    day_offset = (static_cast<std::int64_t>(draw % (2 * kDay)) - kDay) * kSecond;
    monotonic_offset += (1 + draw % kHour) * kSecond;
    note_jump();
  }
}

std::int64_t jumping_time(clockid_t clock) {
  const bool day = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE;
  const bool monotonic = clock == CLOCK_MONOTONIC || clock == CLOCK_MONOTONIC_COARSE || clock == CLOCK_MONOTONIC_RAW ||
                         clock == CLOCK_BOOTTIME;
  jump_if_due();
  return true_time(clock) + (day ? day_offset.load() : monotonic ? monotonic_offset.load() : 0);
}

}  // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec* time) noexcept {
  const std::int64_t now = jumping_time(clock);
  *time = {now / kSecond, now % kSecond};
  return 0;
}

int gettimeofday(timeval* time, void*) noexcept {
  const std::int64_t now = jumping_time(CLOCK_REALTIME);
  *time = {now / kSecond, now % kSecond / 1000};
  return 0;
}

time_t time(time_t* result) noexcept {
  const time_t now = jumping_time(CLOCK_REALTIME) / kSecond;
  if (result != nullptr) *result = now;
  return now;
}
}
