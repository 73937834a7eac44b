// Recording and replay: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/vlm/recorded_transport.hpp"

#include <algorithm>

#include "exturbo/core/fault.hpp"

namespace exturbo::vlm {
namespace {

/// Replies by hash, the first of the file last.
std::map<std::string, std::vector<Reply>> by_hash(const std::vector<Exchange>& exchanges, bool only_good) {
  std::map<std::string, std::vector<Reply>> replies;
  for (auto exchange = exchanges.rbegin(); exchange != exchanges.rend(); ++exchange) {
    if (!only_good || exchange->reply.status == Status::kOk) replies[exchange->hash].push_back(exchange->reply);
  }
  return replies;
}

}  // namespace

RecordedTransport::RecordedTransport(const std::filesystem::path& file) : file_(file) {
  std::uintmax_t size = 0;
  const std::vector<Exchange> exchanges = read_exchanges(file, size);
  replies_ = by_hash(exchanges, false);
  if (!exchanges.empty()) model_ = exchanges.front().model;
}

RecordedTransport::RecordedTransport(const std::filesystem::path& file, Transport& live)
    : file_(file), live_(&live), journal_(file) {
  std::uintmax_t size = 0;
  const std::vector<Exchange> exchanges = read_exchanges(file, size);
  journal_.keep(size);
  replies_ = by_hash(exchanges, true);
  lines_ = static_cast<int>(exchanges.size());
}

std::string RecordedTransport::model() const { return live_ != nullptr ? live_->model() : model_; }

Reply RecordedTransport::ask(const Request& request) {
  Exchange exchange;
  exchange.label = request.label;
  exchange.request = canonical_json(request).dump();
  exchange.hash = request_hash(request);
  const auto known = replies_.find(exchange.hash);
  if (known != replies_.end() && !known->second.empty()) {
    Reply reply = std::move(known->second.back());
    known->second.pop_back();
    return reply;
  }
  if (live_ == nullptr) {
    const core::Fault fault{"VLM-012", file_.string(), request.label,
                            "holds no reply to this request (SHA-256 " + exchange.hash + ")",
                            "problem, circuit, prompts or options are not those of the recording: record it again"};
    Reply reply;
    reply.status = Status::kNotRecorded;
    reply.message = core::to_string(fault);
    return reply;
  }
  exchange.reply = live_->ask(request);
  const std::string line = to_json_line(++lines_, exchange);
  journal_.append(line);
  return parse_exchange(line, file_.string()).reply;  // as a replay will give it
}

}  // namespace exturbo::vlm
