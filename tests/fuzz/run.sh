#!/bin/sh
# Builds the fuzz targets and runs each for some minutes: run.sh [--minutes 10 | --quick] [--jobs 1] [TARGET...]
# SPDX-License-Identifier: BSD-3-Clause
# Targets: circuit description history netlist problem report run seeds. --quick: ten seconds each. --jobs: so many at a
# time. What a run finds interesting is kept in build/fuzz/corpus and gone on with. Findings land in build/fuzz/findings;
# the exit status is 1 if there is one.
set -eu
cd "$(dirname "$0")/../.."
. examples/packages.sh

seconds=600
jobs=1
targets=""
while [ $# -gt 0 ]; do
  case "$1" in
    --minutes) seconds=$(($2 * 60)); shift ;;
    --quick) seconds=10 ;;
    --jobs) jobs=$2; shift ;;
    circuit | description | history | netlist | problem | report | run | seeds) targets="$targets $1" ;;
    *) echo "run.sh: unknown argument '$1'; see its head" >&2; exit 2 ;;
  esac
  shift
done
[ -n "$targets" ] || targets="circuit description history netlist problem report run seeds"

# shellcheck disable=SC2086
require_packages $exturbo_packages clang-14 libclang-rt-14-dev
cmake --preset fuzz -DBUILD_TESTING=ON >/dev/null
cmake --build --preset fuzz

build=build/fuzz
# Each input becomes files of a scratch folder: in memory where there is room.
[ -w /dev/shm ] && TMPDIR=/dev/shm
TMPDIR=$(mktemp -d "${TMPDIR:-/tmp}/exturbo-fuzz-XXXXXX")
export TMPDIR
# Short stacks of allocations and a small quarantine: several times as many inputs.
export ASAN_OPTIONS=malloc_context_size=3:quarantine_size_mb=32
trap 'rm -rf "$TMPDIR"' EXIT
running=""
# shellcheck disable=SC2086
trap 'kill $running 2>/dev/null; exit 130' INT TERM

# fuzz TARGET: a slow or greedy input is a finding as a crash is.
fuzz() {
  rm -rf "$build/findings/$1"
  mkdir -p "$build/corpus/$1" "$build/findings/$1"
  nice "$build/tests/fuzz/fuzz_$1" -max_total_time="$seconds" -timeout=300 -rss_limit_mb=1024 -max_len=8192 \
    -print_final_stats=1 -dict="tests/fuzz/dictionaries/$1.dict" -artifact_prefix="$build/findings/$1/" \
    "$build/corpus/$1" "tests/fuzz/corpus/$1" >"$build/$1.log" 2>&1 &
  child=$!
  trap 'kill "$child" 2>/dev/null; exit 130' TERM
  wait
  times >"$build/$1.times"
}

count=0
for name in $targets; do
  echo "== $name: $seconds s"
  fuzz "$name" &
  running="$running $!"
  count=$((count + 1))
  if [ "$count" -ge "$jobs" ]; then
    wait
    count=0
    running=""
  fi
done
wait

found=0
echo "target        executions  processor  coverage  findings"
for name in $targets; do
  log=$build/$name.log
  executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  coverage=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -n 1)
  count=$(find "$build/findings/$name" -type f ! -name 'slow-unit-*' | wc -l)
  # A target that did not run to its end made no clean run.
  grep -q '^Done [0-9]* runs in' "$log" || count=$((count > 0 ? count : 1))
  [ "$count" -eq 0 ] || found=1
  printf '%-12s %11s %10s %9s %9s\n' "$name" "${executions:--}" "$(tail -n 1 "$build/$name.times" | cut -d. -f1)s" "${coverage:--}" "$count"
done
[ "$found" -eq 0 ] || echo "findings: $build/findings; logs: $build/*.log" >&2
exit "$found"
