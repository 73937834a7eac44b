// How many OpenMP threads share the outputs' work.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <omp.h>

#include <algorithm>

namespace exturbo::bo {

/// \param option Options::threads. Outputs are shared whole: more threads than outputs would only wait.
inline int thread_count(int option, int outputs) {
  return std::max(1, std::min(option > 0 ? option : omp_get_max_threads(), outputs));
}

}  // namespace exturbo::bo
