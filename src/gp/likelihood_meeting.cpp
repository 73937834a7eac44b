// Where searches meet: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "likelihood_meeting.hpp"

#include <stdexcept>

namespace exturbo::gp {

/// The processes of one set of points.
struct LikelihoodMeeting::Table {
  Eigen::MatrixXd points;
  std::unique_ptr<LikelihoodBatch> batch;
  std::size_t factored = 0;  ///< Processes of the batch's last factorisation.
};

class LikelihoodMeeting::Guest final : public Covariance {
 public:
  Guest(LikelihoodMeeting& meeting, Eigen::VectorXd targets) : meeting_(meeting), targets_(std::move(targets)) {}

  void set_points(const Eigen::Ref<const Eigen::MatrixXd>& points) override {
    points_ = points;
    centre_points(points);
  }
  linalg::FactorResult factor(const Hyperparameters& hyperparameters) override {
    hyperparameters_ = hyperparameters;
    meeting_.ask({this, &hyperparameters_, nullptr, nullptr});
    return terms_.factor;
  }
  bool factored() const override { return terms_.factor.ok; }
  double jitter() const override { return terms_.factor.jitter; }
  double log_determinant() const override { return terms_.log_determinant; }
  void solve_in_place(Eigen::Ref<Eigen::MatrixXd> b) const override { b = terms_.solved; }
  Eigen::VectorXd likelihood_slopes(const Eigen::VectorXd& residual, const Eigen::VectorXd& alpha) const override {
    meeting_.ask({const_cast<Guest*>(this), nullptr, &residual, &alpha});
    return slopes_;
  }

  linalg::FactorResult append(const Eigen::Ref<const Eigen::MatrixXd>&) override { refuse(); }
  void truncate(Eigen::Index) override { refuse(); }
  Eigen::VectorXd inverse_diagonal() const override { refuse(); }
  Eigen::MatrixXd weights(const Eigen::Ref<const Eigen::MatrixXd>&) const override { refuse(); }
  void predict(const Eigen::Ref<const Eigen::MatrixXd>&, const Eigen::Ref<const Eigen::MatrixXd>&, Eigen::MatrixXd&,
               Eigen::VectorXd*) const override {
    refuse();
  }
  double predict_at(const Eigen::VectorXd&, const Eigen::Ref<const Eigen::VectorXd>&, Eigen::VectorXd*) const override {
    refuse();
  }
  double reduction_at(const Eigen::VectorXd&, Eigen::VectorXd*) const override { refuse(); }

 private:
  friend class LikelihoodMeeting;
  [[noreturn]] static void refuse() { throw std::logic_error("a matrix of a meeting serves fits alone"); }

  LikelihoodMeeting& meeting_;
  Eigen::VectorXd targets_;
  Eigen::MatrixXd points_;
  LikelihoodBatch::Terms terms_;
  Eigen::VectorXd slopes_;
  std::size_t place_ = 0;  ///< Among those factored last with it.
};

LikelihoodMeeting::LikelihoodMeeting(Accelerator& accelerator, int participants)
    : accelerator_(accelerator), present_(participants) {}

LikelihoodMeeting::~LikelihoodMeeting() = default;

std::unique_ptr<Covariance> LikelihoodMeeting::covariance(const Eigen::VectorXd& targets) {
  return std::make_unique<Guest>(*this, targets);
}

void LikelihoodMeeting::ask(const Request& request) {
  std::unique_lock lock(mutex_);
  requests_.push_back(request);
  if (static_cast<int>(requests_.size()) == present_) {
    answer();
  } else {
    const long asked = round_;
    answered_.wait(lock, [&] { return round_ != asked; });
  }
  if (failure_) throw DeviceError(*failure_);
}

void LikelihoodMeeting::leave() {
  const std::lock_guard lock(mutex_);
  --present_;
  if (present_ > 0 && static_cast<int>(requests_.size()) == present_) answer();
}

LikelihoodMeeting::Table& LikelihoodMeeting::table_of(const Eigen::MatrixXd& points) {
  for (const auto& table : tables_) {
    if (table->points.cols() == points.cols() && table->points == points) return *table;
  }
  tables_.push_back(std::make_unique<Table>());
  tables_.back()->points = points;
  tables_.back()->batch = accelerator_.make_likelihood_batch(points);
  return *tables_.back();
}

void LikelihoodMeeting::answer() {
  try {
    if (!failure_) compute();
  } catch (const std::exception& error) {
    failure_ = error.what();
  }
  requests_.clear();
  ++round_;
  answered_.notify_all();
}

/// Slopes first: they are of factors that new ones replace.
void LikelihoodMeeting::compute() {
  for (const bool factors : {false, true}) {
    std::vector<std::pair<Table*, std::vector<Request>>> groups;
    for (const Request& request : requests_) {
      if ((request.hyperparameters != nullptr) != factors) continue;
      Table& table = table_of(request.guest->points_);
      auto group = groups.begin();
      while (group != groups.end() && group->first != &table) ++group;
      if (group == groups.end()) group = groups.insert(groups.end(), {&table, {}});
      group->second.push_back(request);
    }
    for (auto& [table, group] : groups) {
      if (factors) {
        std::vector<const Hyperparameters*> active;
        Eigen::MatrixXd targets(table->points.cols(), static_cast<Eigen::Index>(group.size()));
        for (const Request& request : group) {
          request.guest->place_ = active.size();
          targets.col(static_cast<Eigen::Index>(active.size())) = request.guest->targets_;
          active.push_back(request.hyperparameters);
        }
        table->factored = group.size();
        const std::vector<LikelihoodBatch::Terms> terms = table->batch->factor(active, targets);
        for (const Request& request : group) request.guest->terms_ = terms[request.guest->place_];
      } else {
        std::vector<const Eigen::VectorXd*> residuals(table->factored), alphas(table->factored);
        for (const Request& request : group) {
          residuals[request.guest->place_] = request.residual;
          alphas[request.guest->place_] = request.alpha;
        }
        const std::vector<Eigen::VectorXd> slopes = table->batch->slopes(residuals, alphas);
        for (const Request& request : group) request.guest->slopes_ = slopes[request.guest->place_];
      }
    }
  }
}

}  // namespace exturbo::gp
