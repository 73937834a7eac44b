#!/usr/bin/env python3
"""GPyTorch's exact process on the data of gpu_bench, to a given log likelihood per point.

gpytorch_fit.py N TARGET: seconds on the GPU until the log marginal likelihood per point of standardised targets reaches
TARGET (as gpu_bench prints it), by Adam; and of one likelihood with its gradient. Ends with 0 and says so where PyTorch,
GPyTorch or a GPU is not there.
"""
# SPDX-License-Identifier: BSD-3-Clause
import math
import statistics
import sys
import time

try:
    import gpytorch
    import torch
except ImportError as error:
    print(f"not measured: {error}")
    sys.exit(0)
if not torch.cuda.is_available():
    print("not measured: PyTorch sees no GPU")
    sys.exit(0)

DIMENSIONS, MOST_STEPS = 20, 1000
count, target = int(sys.argv[1]), float(sys.argv[2])
x = torch.quasirandom.SobolEngine(DIMENSIONS).draw(count + 1)[1:].double()
y = x[:, 0] * x[:, 1] - 0.5 * x[:, 2] * x[:, 3]
for j in range(DIMENSIONS):
    a = 2 ** (-j / 3)
    y = y + a * torch.sin(6 * a * x[:, j] + j + 1)
normal = statistics.NormalDist()
y = y + torch.tensor([0.05 * normal.inv_cdf(math.modf(i * (math.sqrt(5) - 1) / 2)[0]) for i in range(1, count + 1)])
x, y = x.cuda(), ((y - y.mean()) / y.std(correction=0)).double().cuda()


class Process(gpytorch.models.ExactGP):
    def __init__(self, likelihood):
        super().__init__(x, y, likelihood)
        self.mean_module = gpytorch.means.ConstantMean()
        self.covar_module = gpytorch.kernels.ScaleKernel(gpytorch.kernels.MaternKernel(2.5, ard_num_dims=DIMENSIONS))

    def forward(self, points):
        return gpytorch.distributions.MultivariateNormal(self.mean_module(points), self.covar_module(points))


likelihood = gpytorch.likelihoods.GaussianLikelihood().double().cuda()
model = Process(likelihood).double().cuda()
model.train()
likelihood.train()
marginal = gpytorch.mlls.ExactMarginalLogLikelihood(likelihood, model)
optimiser = torch.optim.Adam(model.parameters(), lr=0.1)
begin, step_seconds = time.perf_counter(), []
with gpytorch.settings.fast_computations(False, False, False), gpytorch.settings.max_cholesky_size(10**9):
    for step in range(1, MOST_STEPS + 1):
        torch.cuda.synchronize()
        step_begin = time.perf_counter()
        optimiser.zero_grad()
        loss = -marginal(model(x), y)
        loss.backward()
        optimiser.step()
        torch.cuda.synchronize()
        step_seconds.append(time.perf_counter() - step_begin)
        if -loss.item() >= target:
            break
reached = -loss.item()
print(f"n {count}: {'reached' if reached >= target else 'missed'} {reached:.4f} of {target:.4f} in {step} steps, "
      f"{time.perf_counter() - begin:.2f} s; a likelihood with its gradient {statistics.median(step_seconds):.4f} s")
