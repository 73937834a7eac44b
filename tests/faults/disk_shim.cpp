// A disk that fills up, for a program that is started with this object preloaded.
// SPDX-License-Identifier: BSD-3-Clause
//
// FAULTS_DISK="CALL COUNT PART": of the calls CALL (write, sync or mkdir) that concern a path with PART in it the first
// COUNT succeed, all others fail with ENOSPC; the first write that fails takes half of its bytes, as a disk does that
// fills up. Without the variable nothing changes: workers, who do not inherit it, see a sound disk.
#include <dlfcn.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sstream>
#include <string>

namespace {

struct Setting {
  std::string call, part;
  int count = 0;
};

const Setting& setting() {
  static const Setting read = [] {
    Setting result;
    if (const char* text = std::getenv("FAULTS_DISK"))
      std::istringstream(text) >> result.call >> result.count >> result.part;
    return result;
  }();
  return read;
}

std::atomic<int> calls{0};

/// How many calls beyond the allowed ones this is; 0: it may succeed.
int excess(const char* call, const char* path) {
  if (setting().call != call || std::strstr(path, setting().part.c_str()) == nullptr) return 0;
  const int number = ++calls;
  return number > setting().count ? number - setting().count : 0;
}

int excess(const char* call, int descriptor) {
  if (setting().call != call) return 0;
  char link[64], path[4096];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  const ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = '\0';
  return excess(call, path);
}

template <typename Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

int full() {
  errno = ENOSPC;
  return -1;
}

}  // namespace

extern "C" {

ssize_t write(int descriptor, const void* data, size_t size) {
  static auto* const real = next<ssize_t(int, const void*, size_t)>("write");
  const int over = excess("write", descriptor);
  if (over == 0) return real(descriptor, data, size);
  return over == 1 && size > 1 ? real(descriptor, data, size / 2) : full();
}

int fsync(int descriptor) {
  static auto* const real = next<int(int)>("fsync");
  return excess("sync", descriptor) == 0 ? real(descriptor) : full();
}

int fdatasync(int descriptor) {
  static auto* const real = next<int(int)>("fdatasync");
  return excess("sync", descriptor) == 0 ? real(descriptor) : full();
}

int mkdir(const char* path, mode_t mode) noexcept {
  static auto* const real = next<int(const char*, mode_t)>("mkdir");
  return excess("mkdir", path) == 0 ? real(path, mode) : full();
}
}
