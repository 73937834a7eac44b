#!/bin/sh
# Builds, checks and times the GPU path: tests/bench/gpu.sh [--quick] [FOLDER=gpu_bench]
# Without a CUDA toolkit or a GPU it says so: nothing is then measured on one. Rows that FOLDER holds are kept.
# SPDX-License-Identifier: BSD-3-Clause
set -eu
quick=""
[ "${1:-}" = "--quick" ] && quick="--quick" && shift
out=$(mkdir -p "${1:-gpu_bench}" && cd "${1:-gpu_bench}" && pwd)
cd "$(dirname "$0")/../.."
folder=build/gpu
PATH="$PATH:/usr/local/cuda/bin"  # nvcc, compute-sanitizer

if command -v dpkg-query >/dev/null 2>&1; then
  . examples/packages.sh
  require_packages g++ cmake ninja-build pkg-config libeigen3-dev liblbfgspp-dev nlohmann-json3-dev libboost-dev \
    libmuparser-dev libnlopt-dev librandom123-dev libmd-dev libgtest-dev
fi

echo "== build"
# The GPU machine needs no simulator: only the optimiser is built.
cmake -S . -B "$folder" -G Ninja -DCMAKE_BUILD_TYPE=Release -DBUILD_TESTING=ON -DEXTURBO_MATHEMATICS_ONLY=ON >"$out/configure.log"
grep -i "CUDA" "$out/configure.log" || true
cmake --build "$folder" --parallel --target test_gpu test_gpu_on_host gpu_bench history_bench >"$out/build.log" || {
  tail -20 "$out/build.log"
  exit 3
}

echo "== kernels and algorithms on the host"
"$folder/tests/gpu/test_gpu_on_host" --gtest_brief=1

echo "== the device against the CPU"
"$folder/tests/gpu/test_gpu" --gtest_brief=1
if command -v compute-sanitizer >/dev/null 2>&1 && command -v nvidia-smi >/dev/null 2>&1 && nvidia-smi >/dev/null 2>&1; then
  for tool in memcheck racecheck; do
    echo "== compute-sanitizer, $tool"
    compute-sanitizer --tool "$tool" --error-exitcode 1 "$folder/tests/gpu/test_gpu" --gtest_brief=1 \
      --gtest_filter='Cases/OnDevice.IsTheExactMatrix/*-*/7?:*/8?' >"$out/$tool.log" 2>&1 || {
      tail -30 "$out/$tool.log"
      exit 1
    }
    tail -1 "$out/$tool.log"
  done
fi

echo "== times"
"$folder/tests/bench/gpu_bench" $quick --out "$out/gpu.jsonl" | tee "$out/gpu.txt"
# The same data by GPyTorch to equal likelihood.
awk '$2 == "cuda" { print $1, $6 }' "$out/gpu.txt" | while read -r n target; do
  python3 tests/bench/gpytorch_fit.py "$n" "$target" || true
done | tee "$out/gpytorch.txt"

echo "== 20 outputs and 10,000 prior evaluations: seconds an ask, and the same proposals as the exact CPU"
"$folder/tests/bench/history_bench" $quick --threads "$(nproc)" --device "cpu,exact cpu,cuda" --out "$out/history.jsonl"
