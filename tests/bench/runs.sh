# Sourced by the benches that size circuits: their arguments, and runs that are kept, resumed or made.
# SPDX-License-Identifier: BSD-3-Clause
#
# To be set before: bench (its name), seeds, quick_problems, all_problems. Sets seeds, out and problems from the
# arguments, and table, the program that prints what DIR holds.
budget=""
out=build/bench-$bench
problems=""
while [ $# -gt 0 ]; do
  case "$1" in
    --quick) seeds=1; budget=60; out=build/bench-$bench-quick; problems=$quick_problems ;;
    --seeds) seeds=$2; shift ;;
    --budget) budget=$2; shift ;;
    --out) out=$2; shift ;;
    -*) echo "unknown option $1; see the head of $0" >&2; exit 2 ;;
    *) problems="$problems $1" ;;
  esac
  shift
done
[ -n "$problems" ] || problems=$all_problems

build=${EXTURBO_BUILD:-build/release}
exturbo=$build/bin/exturbo
table=$build/tests/bench/${bench}_table
[ -x "$exturbo" ] && [ -x "$table" ] || {
  echo "not built: run tests/run.sh once (or set EXTURBO_BUILD to a build folder)" >&2
  exit 3
}
mkdir -p "$out"

# make_run RUN PROBLEM SEED TITLE [OPTION...]: nothing if the run is finished; else resumes or makes it.
make_run() {
  run=$1; problem=$2; seed=$3; title=$4
  shift 4
  [ ! -f "$run/result.json" ] || return 0
  echo "== $title" >&2
  if [ -f "$run/run.json" ]; then
    "$exturbo" resume "$run" --no-report --quiet >/dev/null || [ $? -eq 1 ]
  else
    rm -rf "$run"
    "$exturbo" size "circuits/$problem.json" "$@" --rng-seed "$seed" ${budget:+--budget "$budget"} --out "$run" \
      --no-report --quiet >/dev/null || [ $? -eq 1 ]
  fi
  "$table" "$out" >/dev/null
}
