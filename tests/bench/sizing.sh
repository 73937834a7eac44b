#!/bin/sh
# Sizes the nine circuits over several rng seeds and prints a table of what came out.
# SPDX-License-Identifier: BSD-3-Clause
#
# sizing.sh [--quick] [--seeds N=5] [--budget N] [--out DIR=build/bench-sizing] [PROBLEM...]   (PROBLEM: miller/ptm90, ...)
# Runs already finished in DIR are kept, interrupted ones are resumed: a long bench may be put together over several
# sittings. DIR/sizing.json holds what is known so far. --quick: one seed, 60 evaluations, the three Miller problems.
set -eu
cd "$(dirname "$0")/../.."

bench=sizing
seeds=5
quick_problems="miller/ptm180 miller/ptm90 miller/ptm45"
all_problems=""
for circuit in miller folded_cascode class_ab; do
  for process in ptm180 ptm90 ptm45; do all_problems="$all_problems $circuit/$process"; done
done
. tests/bench/runs.sh

for problem in $problems; do
  seed=1
  while [ "$seed" -le "$seeds" ]; do
    make_run "$out/$(echo "$problem" | tr / -)-$seed" "$problem" "$seed" "$problem, rng seed $seed"
    seed=$((seed + 1))
  done
done
"$table" "$out"
