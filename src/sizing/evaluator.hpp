// What evaluates the designs of a run: the simulator, or the command of the problem's evaluator.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include "exturbo/command/pool.hpp"
#include "exturbo/problem/problem.hpp"
#include "exturbo/sizing/size.hpp"
#include "exturbo/spice/pool.hpp"

namespace exturbo::sizing {

/// Outcomes are functions of the requests alone, for any number of workers. Not thread-safe.
class Evaluator {
 public:
  virtual ~Evaluator() = default;
  /// Queues a request; returns at once.
  virtual void submit(spice::Request request) = 0;
  /// As spice::Pool::wait_any(). \throws core::EnvironmentError.
  virtual std::optional<spice::Finished> wait_any(std::chrono::milliseconds timeout) = 0;
  virtual std::size_t pending() const = 0;
  /// Outcomes can tell the devices' operating points.
  virtual bool knows_devices() const = 0;
};

class Simulator : public Evaluator {
 public:
  Simulator(const problem::Problem& problem, const spice::PoolOptions& options) : pool_(problem, options) {}
  void submit(spice::Request request) override { pool_.submit(std::move(request)); }
  std::optional<spice::Finished> wait_any(std::chrono::milliseconds timeout) override {
    return pool_.wait_any(timeout);
  }
  std::size_t pending() const override { return pool_.pending(); }
  bool knows_devices() const override { return true; }

 private:
  spice::Pool pool_;
};

/// Has one corner and reads no more of a request than its id and its variables.
class Command : public Evaluator {
 public:
  Command(const problem::Problem& problem, const command::PoolOptions& options) : pool_(problem, options) {}
  void submit(spice::Request request) override { pool_.submit({request.id, std::move(request.variables)}); }
  std::optional<spice::Finished> wait_any(std::chrono::milliseconds timeout) override {
    return pool_.wait_any(timeout);
  }
  std::size_t pending() const override { return pool_.pending(); }
  bool knows_devices() const override { return false; }

 private:
  command::Pool pool_;
};

/// The one that the problem asks for. `early_stop`: see spice::PoolOptions.
/// \throws core::InputError as require_permission(), core::EnvironmentError.
std::unique_ptr<Evaluator> make_evaluator(const problem::Problem& problem, const Machine& machine, bool early_stop);

/// Refuses a problem whose evaluator would run a command that nobody allowed.
/// \throws core::InputError.
void require_permission(const problem::Problem& problem);

}  // namespace exturbo::sizing
