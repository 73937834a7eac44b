// Exchanges with a model as a file of lines, agents.jsonl: written as they happen, and answered from without a network.
// SPDX-License-Identifier: BSD-3-Clause
//
// A line is an exchange (exchange.schema.json): the canonical request and its hash, the reply or why there was none,
// tokens and attempts; never a key. Each is synced before the reply is handed on, so that what was paid for is kept.
// A request is answered by the first unused line of the same hash: the same requests in the same order get the same
// replies, bit for bit.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "exturbo/run/line_journal.hpp"
#include "exturbo/vlm/transport.hpp"

namespace exturbo::vlm {

/// One line of the file.
struct Exchange {
  std::string label;
  std::string hash;
  std::string request;  ///< Canonical form, as text.
  std::string model;    ///< That the request names.
  Reply reply;
};

/// The line of an exchange, without its end.
std::string to_json_line(int index, const Exchange& exchange);
/// Its reading back; \throws core::InputError with all faults: a line that is no exchange, a hash that is not the
/// request's. `file` is what they name.
Exchange parse_exchange(const std::string& line, const std::string& file);
/// All whole lines of a file; `size` gets their length in bytes, as a torn last line is not one of them.
/// \throws core::InputError with all faults: file absent or over 256 MiB, those of its lines.
std::vector<Exchange> read_exchanges(const std::filesystem::path& file, std::uintmax_t& size);

class RecordedTransport : public Transport {
 public:
  /// Replays: the file must be there, and a request that is not in it fails with kNotRecorded.
  explicit RecordedTransport(const std::filesystem::path& file);
  /// Records: what the file has no good reply to is asked of `live`, which must outlive this, and appended. Going on
  /// with a file that is there pays for no reply twice. \throws core::EnvironmentError if it cannot be written.
  RecordedTransport(const std::filesystem::path& file, Transport& live);

  std::string model() const override;
  Reply ask(const Request& request) override;

 private:
  std::filesystem::path file_;
  Transport* live_ = nullptr;
  run::LineJournal journal_;
  std::string model_;
  std::map<std::string, std::vector<Reply>> replies_;  ///< By hash, the next one last.
  int lines_ = 0;
};

}  // namespace exturbo::vlm
