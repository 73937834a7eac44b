#!/bin/sh
# Sizes the nine circuits over several rng seeds and prints a table of what came out.
# SPDX-License-Identifier: BSD-3-Clause
#
# sizing.sh [--quick] [--seeds N=5] [--budget N] [--out DIR=build/bench-sizing] [PROBLEM...]   (PROBLEM: miller/ptm90, ...)
# Runs already finished in DIR are kept, interrupted ones are resumed: a long bench may be put together over several
# sittings. DIR/sizing.json holds what is known so far. --quick: one seed, 60 evaluations, the three Miller problems.
set -eu
cd "$(dirname "$0")/../.."

seeds=5
budget=""
out=build/bench-sizing
problems=""
while [ $# -gt 0 ]; do
  case "$1" in
    --quick) seeds=1; budget=60; out=build/bench-sizing-quick; problems="miller/ptm180 miller/ptm90 miller/ptm45" ;;
    --seeds) seeds=$2; shift ;;
    --budget) budget=$2; shift ;;
    --out) out=$2; shift ;;
    -*) echo "unknown option $1; see the head of $0" >&2; exit 2 ;;
    *) problems="$problems $1" ;;
  esac
  shift
done
if [ -z "$problems" ]; then
  for circuit in miller folded_cascode class_ab; do
    for process in ptm180 ptm90 ptm45; do problems="$problems $circuit/$process"; done
  done
fi

build=${EXTURBO_BUILD:-build/release}
exturbo=$build/bin/exturbo
table=$build/tests/bench/sizing_table
[ -x "$exturbo" ] && [ -x "$table" ] || {
  echo "not built: run tests/run.sh once (or set EXTURBO_BUILD to a build folder)" >&2
  exit 3
}
mkdir -p "$out"
for problem in $problems; do
  seed=1
  while [ "$seed" -le "$seeds" ]; do
    run=$out/$(echo "$problem" | tr / -)-$seed
    if [ ! -f "$run/result.json" ]; then
      echo "== $problem, rng seed $seed" >&2
      if [ -f "$run/run.json" ]; then
        "$exturbo" resume "$run" --no-report --quiet >/dev/null || [ $? -eq 1 ]
      else
        rm -rf "$run"
        "$exturbo" size "circuits/$problem.json" --rng-seed "$seed" ${budget:+--budget "$budget"} --out "$run" --no-report --quiet \
          >/dev/null || [ $? -eq 1 ]
      fi
      "$table" "$out" >/dev/null
    fi
    seed=$((seed + 1))
  done
done
"$table" "$out"
