#!/bin/sh
# Evaluations per second and core of a pool against one `ngspice -b` process per testbench, on designs of sizing runs.
# SPDX-License-Identifier: BSD-3-Clause
#
# throughput.sh [--quick] [--rounds N=3] [--out DIR=build/bench-throughput]
# Operating point and AC of miller at 90 nm, all of class_ab at 180, 90 and 45 nm. What throughput.cpp prints and counts
# is told there. Runs and rounds that are in DIR are kept. --quick: 4 designs, one round, miller alone. Let nothing else
# run on the machine: processor time grows by half beside another load.
set -eu
cd "$(dirname "$0")/../.."

out=build/bench-throughput
rounds=3
quick=""
while [ $# -gt 0 ]; do
  case "$1" in
    --quick) quick=--quick; out=build/bench-throughput-quick ;;
    --rounds) rounds=$2; shift ;;
    --out) out=$2; shift ;;
    *) echo "unknown option $1; see the head of $0" >&2; exit 2 ;;
  esac
  shift
done
build=${EXTURBO_BUILD:-build/release}
exturbo=$build/bin/exturbo
[ -x "$exturbo" ] && [ -x "$build/tests/bench/throughput" ] || {
  echo "not built: run tests/run.sh once (or set EXTURBO_BUILD to a build folder)" >&2
  exit 3
}
mkdir -p "$out"

# measure PROBLEM [OPTION...]
measure() {
  run=$out/$(echo "$1" | tr / -)
  if [ ! -f "$run/result.json" ]; then
    rm -rf "$run"
    echo "== $1: sizing, 80 evaluations" >&2
    "$exturbo" size "circuits/$1.json" --budget 80 --out "$run" --no-report --quiet >/dev/null || [ $? -eq 1 ]
  fi
  shift
  "$build/tests/bench/throughput" "$run" --rounds "$rounds" --out "$run.json" "$@" $quick
}

measure miller/ptm90 --testbench open_loop --repeats 10
[ -z "$quick" ] || exit 0
for process in ptm180 ptm90 ptm45; do measure "class_ab/$process"; done
