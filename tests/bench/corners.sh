#!/bin/sh
# Sizes problems of many corners in two ways, worst corners first and all corners each time; prints what each needed.
# SPDX-License-Identifier: BSD-3-Clause
#
# What is needed: evaluations, and simulations of a corner, up to the first design that meets all specs on all corners;
# medians over rng seeds.
# corners.sh [--quick] [--seeds N=3] [--budget N] [--out DIR=build/bench-corners] [PROBLEM...]
# PROBLEM: miller/ptm90_corners, ... Each run stops at its first feasible design. Runs already finished in DIR are kept,
# interrupted ones are resumed. DIR/corners.json holds what is known so far. --quick: one seed, 60 evaluations, Miller.
set -eu
cd "$(dirname "$0")/../.."

bench=corners
seeds=3
quick_problems="miller/ptm90_corners"
all_problems="miller/ptm90_corners class_ab/ptm90_corners"
. tests/bench/runs.sh

seed=1
while [ "$seed" -le "$seeds" ]; do
  for problem in $problems; do
    for corners in worst all; do
      make_run "$out/$(echo "$problem" | tr / -)-$corners-$seed" "$problem" "$seed" \
        "$problem, corners $corners, rng seed $seed" --corners "$corners" --stop-at-feasible
    done
  done
  seed=$((seed + 1))
done
"$table" "$out"
