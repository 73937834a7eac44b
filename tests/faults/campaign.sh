#!/bin/sh
# The fault campaign in one command: campaign.sh [--quick] [--runs N=20] [--budget N=64] [--out DIR=build/faults] [--program EXTURBO]
# SPDX-License-Identifier: BSD-3-Clause
set -eu
cd "$(dirname "$0")/../.."

campaign=${EXTURBO_BUILD:-build/release}/tests/faults/fault_campaign
[ -x "$campaign" ] || {
  echo "not built: run tests/run.sh once (or set EXTURBO_BUILD to a build folder)" >&2
  exit 3
}
exec "$campaign" "$@"
