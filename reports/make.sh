#!/bin/sh
# Makes the reference reports of this folder again: one run per circuit from a fixed rng seed, with the problem's defaults.
# SPDX-License-Identifier: BSD-3-Clause
#
# reports/make.sh [PROGRAM=build/release/bin/exturbo]
# Runs are kept in reports/runs (ignored by git): what is there is gone on with, not made again.
set -eu
cd "$(dirname "$0")/.."
program=${1:-build/release/bin/exturbo}
[ -x "$program" ] || { echo "$program is no program; build it (examples/quickstart.sh) or name another" >&2; exit 2; }

for problem in class_ab/ptm180 miller/ptm90 folded_cascode/ptm45 ota5/ptm180; do
  name=$(echo "$problem" | tr / -)
  run=reports/runs/$name
  if [ -e "$run/result.json" ]; then
    "$program" report "$run" >/dev/null
  elif [ -e "$run/run.json" ]; then
    "$program" resume "$run" >/dev/null
  else
    "$program" size "circuits/$problem.json" --rng-seed 1 --out "$run" >/dev/null
  fi
  cp "$run/report.html" "reports/$name.html"
  echo "reports/$name.html"
done
