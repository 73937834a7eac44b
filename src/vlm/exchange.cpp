// Lines of agents.jsonl.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/core/fault.hpp"
#include "exturbo/run/run_folder.hpp"
#include "exturbo/vlm/recorded_transport.hpp"
#include "problem/json_reader.hpp"

namespace exturbo::vlm {
namespace {

using problem::Json;
using problem::JsonPlace;

constexpr std::size_t kMaxRecordBytes = 256U << 20;
constexpr long kMaxCount = 1'000'000'000'000;

std::string text_of(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

Usage read_usage(const JsonPlace& place) {
  Usage usage;
  if (!place.is_object("usage")) return usage;
  place.allow_keys({"attempts", "prompt_tokens", "completion_tokens", "cost"});
  const auto count = [&](const char* key, long high) {
    return place.require(key) ? place.at(key).integer(0, high).value_or(0) : 0;
  };
  usage.requests = 1;
  usage.attempts = static_cast<int>(count("attempts", 1000));
  usage.prompt_tokens = count("prompt_tokens", kMaxCount);
  usage.completion_tokens = count("completion_tokens", kMaxCount);
  usage.cost = place.required_number("cost").value_or(0);
  return usage;
}

Reply read_reply(const JsonPlace& root) {
  Reply reply;
  if (const auto status = root.required_text("status")) {
    const auto known = status_of(*status);
    if (!known) root.at("status").fault("VLM-010", "is no status of an exchange", "see exchange.schema.json");
    reply.status = known.value_or(Status::kMalformed);
  }
  reply.message = root.required_text("message").value_or("");
  reply.text = root.required_text("text").value_or("");
  reply.model = root.required_text("model").value_or("");
  reply.finish_reason = root.required_text("finish_reason").value_or("");
  if (root.require("usage")) reply.usage = read_usage(root.at("usage"));
  return reply;
}

Exchange read_exchange(const JsonPlace& root) {
  Exchange exchange;
  if (!root.is_object("an exchange")) return exchange;
  root.allow_keys(
      {"index", "label", "request_sha256", "request", "status", "message", "text", "model", "finish_reason", "usage"});
  if (root.require("index")) root.at("index").integer(1, 1'000'000);
  exchange.label = root.required_text("label").value_or("");
  exchange.hash = root.required_text("request_sha256").value_or("");
  exchange.reply = read_reply(root);
  if (!root.require("request") || !root.at("request").is_object("request")) return exchange;
  const JsonPlace request = root.at("request");
  exchange.request = text_of(request.value());
  exchange.model = request.required_text("model").value_or("");
  if (run::sha256(exchange.request) != exchange.hash) {
    root.at("request_sha256")
        .fault("VLM-011", "is not the hash of the request", "the file was changed by hand: record it again");
  }
  return exchange;
}

}  // namespace

std::string to_json_line(int index, const Exchange& exchange) {
  const Reply& reply = exchange.reply;
  return text_of({{"index", index},
                  {"label", exchange.label},
                  {"request_sha256", exchange.hash},
                  {"request", Json::parse(exchange.request)},
                  {"status", to_string(reply.status)},
                  {"message", reply.message},
                  {"text", reply.text},
                  {"model", reply.model},
                  {"finish_reason", reply.finish_reason},
                  {"usage",
                   {{"attempts", reply.usage.attempts},
                    {"prompt_tokens", reply.usage.prompt_tokens},
                    {"completion_tokens", reply.usage.completion_tokens},
                    {"cost", reply.usage.cost}}}});
}

Exchange parse_exchange(const std::string& line, const std::string& file) {
  std::vector<core::Fault> faults;
  Exchange exchange;
  if (const auto json = problem::parse_json_text(line, file, faults))
    exchange = read_exchange(JsonPlace(*json, "", file, faults));
  if (!faults.empty()) throw core::InputError(std::move(faults));
  return exchange;
}

std::vector<Exchange> read_exchanges(const std::filesystem::path& file, std::uintmax_t& size) {
  std::vector<core::Fault> faults;
  const auto text = problem::read_text_file(file, faults, kMaxRecordBytes);
  std::vector<Exchange> exchanges;
  size = 0;
  int number = 0;
  for (std::size_t end = 0; text && (end = text->find('\n', size)) != std::string::npos; size = end + 1) {
    const std::string place = "line " + std::to_string(++number);
    try {
      exchanges.push_back(parse_exchange(text->substr(size, end - size), file.string()));
    } catch (const core::InputError& error) {
      for (core::Fault fault : error.faults()) {
        fault.place = place + (fault.place.starts_with('/') ? ", " + fault.place : "");
        faults.push_back(std::move(fault));
      }
    }
  }
  if (!faults.empty()) throw core::InputError(std::move(faults));
  return exchanges;
}

}  // namespace exturbo::vlm
