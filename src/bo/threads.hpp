// The outputs' work, shared by OpenMP threads.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <omp.h>

#include <algorithm>
#include <exception>
#include <mutex>

namespace exturbo::bo {

/// \param option Options::threads. Outputs are shared whole: more threads than outputs would only wait.
inline int thread_count(int option, int outputs) {
  return std::max(1, std::min(option > 0 ? option : omp_get_max_threads(), outputs));
}

/// work(k) for k = 0 .. outputs - 1, shared by thread_count() threads. Rethrows the first exception once all have ended.
template <class Work>
void for_each_output(int option, int outputs, const Work& work) {
  std::exception_ptr thrown;
  std::mutex mutex;
#pragma omp parallel for schedule(dynamic, 1) num_threads(thread_count(option, outputs))
  for (int k = 0; k < outputs; ++k) {
    try {
      work(k);
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!thrown) thrown = std::current_exception();
    }
  }
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace exturbo::bo
