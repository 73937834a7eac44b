#!/bin/sh
# Builds the fuzz targets and runs each for some minutes: run.sh [--minutes 10] [--quick] [TARGET...]
# SPDX-License-Identifier: BSD-3-Clause
# Targets: netlist problem seeds run description. --quick: ten seconds each. Goes on with the corpus of the last run
# (build/fuzz/corpus). Findings land in build/fuzz/findings; the exit status is 1 if there is one.
set -eu
cd "$(dirname "$0")/../.."
. examples/packages.sh

seconds=600
targets=""
while [ $# -gt 0 ]; do
  case "$1" in
    --minutes) seconds=$(($2 * 60)); shift ;;
    --quick) seconds=10 ;;
    netlist | problem | seeds | run | description) targets="$targets $1" ;;
    *) echo "run.sh: unknown argument '$1'; see its head" >&2; exit 2 ;;
  esac
  shift
done
[ -n "$targets" ] || targets="netlist problem seeds run description"

# shellcheck disable=SC2086
require_packages $exturbo_packages clang-14 libclang-rt-14-dev
cmake --preset fuzz >/dev/null
cmake --build --preset fuzz

# Each input is written to a scratch folder: in memory where there is room.
[ -w /dev/shm ] && export TMPDIR=/dev/shm
build=build/fuzz
found=0
table="target        executions  coverage  findings"
for name in $targets; do
  corpus=$build/corpus/$name
  findings=$build/findings/$name
  mkdir -p "$corpus" "$findings"
  rm -f "$findings"/*
  echo "== $name: $seconds s"
  # A slow or greedy input is a finding as a crash is.
  nice "$build/tests/fuzz/fuzz_$name" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=1024 -max_len=8192 \
    -print_final_stats=1 -dict="tests/fuzz/dictionaries/$name.dict" -artifact_prefix="$findings/" \
    "$corpus" "tests/fuzz/corpus/$name" >"$build/$name.log" 2>&1 || true
  executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$build/$name.log")
  coverage=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$build/$name.log" | tail -n 1)
  count=$(find "$findings" -type f | wc -l)
  # A target that said no final count did not run to its end: that is no clean run.
  [ -n "$executions" ] || count=$((count > 0 ? count : 1))
  [ "$count" -eq 0 ] || found=1
  table="$table
$(printf '%-12s %11s %9s %9s' "$name" "${executions:--}" "${coverage:--}" "$count")"
done
echo "$table"
[ "$found" -eq 0 ] || echo "findings: $build/findings; logs: $build/*.log" >&2
exit "$found"
