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

seeds=3
budget=""
out=build/bench-corners
problems=""
while [ $# -gt 0 ]; do
  case "$1" in
    --quick) seeds=1; budget=60; out=build/bench-corners-quick; problems="miller/ptm90_corners" ;;
    --seeds) seeds=$2; shift ;;
    --budget) budget=$2; shift ;;
    --out) out=$2; shift ;;
    -*) echo "unknown option $1; see the head of $0" >&2; exit 2 ;;
    *) problems="$problems $1" ;;
  esac
  shift
done
[ -n "$problems" ] || problems="miller/ptm90_corners class_ab/ptm90_corners"

build=${EXTURBO_BUILD:-build/release}
exturbo=$build/bin/exturbo
table=$build/tests/bench/corners_table
[ -x "$exturbo" ] && [ -x "$table" ] || {
  echo "not built: run tests/run.sh once (or set EXTURBO_BUILD to a build folder)" >&2
  exit 3
}
mkdir -p "$out"
seed=1
while [ "$seed" -le "$seeds" ]; do
  for problem in $problems; do
    for corners in worst all; do
      run=$out/$(echo "$problem" | tr / -)-$corners-$seed
      [ ! -f "$run/result.json" ] || continue
      echo "== $problem, corners $corners, rng seed $seed" >&2
      if [ -f "$run/run.json" ]; then
        "$exturbo" resume "$run" --no-report --quiet >/dev/null || [ $? -eq 1 ]
      else
        rm -rf "$run"
        "$exturbo" size "circuits/$problem.json" --corners "$corners" --stop-at-feasible --rng-seed "$seed" \
          ${budget:+--budget "$budget"} --out "$run" --no-report --quiet >/dev/null || [ $? -eq 1 ]
      fi
      "$table" "$out" >/dev/null
    done
  done
  seed=$((seed + 1))
done
"$table" "$out"
