// The least manifest that a run folder takes.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "exturbo/run/run_folder.hpp"

namespace exturbo::test {

inline run::Json tiny_manifest(int budget, int batch) {
  return {{"rng_seed", 1},
          {"budget", budget},
          {"batch", batch},
          {"stop_at_feasible", false},
          {"search_cards", "original"},
          {"corners", "all"},
          {"seed_points", run::Json::array()}};
}

}  // namespace exturbo::test
