#!/bin/sh
# Installs what is missing, builds everything, and runs all tests.
# SPDX-License-Identifier: BSD-3-Clause
set -eu
cd "$(dirname "$0")/.."
. examples/packages.sh

# shellcheck disable=SC2086
require_packages $exturbo_packages libgtest-dev ngspice

jobs=$(nproc)
cmake --preset release -DBUILD_TESTING=ON >/dev/null
cmake --build --preset release
exec ctest --preset release -j "$jobs"
