// The device's kernels, compiled for the host.
// SPDX-License-Identifier: BSD-3-Clause
#include "cuda/kernels.cu"  // NOLINT: the text is the same on purpose
