#!/bin/sh
# Installs what is missing, builds ExTuRBO, and sizes the rail-to-rail class-AB amplifier on PTM 180 nm.
# SPDX-License-Identifier: BSD-3-Clause
set -eu
cd "$(dirname "$0")/.."
. examples/packages.sh

# shellcheck disable=SC2086
require_packages $exturbo_packages

echo "== building (a few minutes the first time)"
cmake --preset release -DBUILD_TESTING=OFF >/dev/null
cmake --build --preset release --target exturbo

run=runs/quickstart
number=1
while [ -e "$run" ]; do
  number=$((number + 1))
  run=runs/quickstart-$number
done
echo "== sizing circuits/class_ab/ptm180.json into $run"
status=0
build/release/bin/exturbo size circuits/class_ab/ptm180.json --out "$run" || status=$?
[ -f "$run/report.html" ] && echo "Open $run/report.html in a browser."
exit "$status"
