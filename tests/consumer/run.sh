#!/bin/sh
# run.sh BUILD_FOLDER SCRATCH: installs the build and uses it through find_package from outside.
# SPDX-License-Identifier: BSD-3-Clause
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=$1
scratch=$2
prefix=$scratch/prefix
rm -rf "$scratch/prefix" "$scratch/bo_only" "$scratch/sizing"
cmake --install "$build" --prefix "$prefix" >/dev/null

configure() { # NAME
  cmake -S "$here/$1" -B "$scratch/$1" -G Ninja -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_BUILD_TYPE=Release >/dev/null
  cmake --build "$scratch/$1"
}
configure bo_only
"$scratch/bo_only/consumer_bo"
if ldd "$scratch/bo_only/consumer_bo" | grep -E 'ngspice|muparser'; then
  echo "the optimiser alone must not link the simulator" >&2
  exit 1
fi
configure sizing
# The source tree must not be needed: processes come from the installed share folder.
EXTURBO_WORKER="$prefix/libexec/exturbo/exturbo-worker" EXTURBO_PDK_PATH="$prefix/share/exturbo/pdk" \
  "$scratch/sizing/consumer_sizing" "$prefix/share/exturbo/circuits/ota5/ptm180.json"
"$prefix/bin/exturbo" check "$prefix/share/exturbo/circuits/miller/ptm90.json"
