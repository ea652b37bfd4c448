// witness.jsonl: what was written into the logs beside it, told a second time. For each line of
// each log it has one of its own: the name of the log, how many lines that had then, and the hash
// of the last one. A log that was removed, cut at its end or written anew no longer agrees with it;
// nor does a witness that was.
//
// Who removes the end of both shows only against something kept elsewhere.
// Form of a line: docs/reference/schemas/witness.schema.json.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "harness/attempt/chain.hpp"

namespace onsite {

// A log of that name in `folder`, "log.jsonl" or "reviews/<reviewer>.jsonl".
struct WitnessedLog {
    std::filesystem::path folder;  // Of the witness: .onsite of an attempt, or a whole interview.
    std::string name;

    std::filesystem::path file() const { return folder / name; }
};

// Tells the witness that `line` is now the last of `lines` lines, which is on the disk already: the
// log comes first, so that a crash between the two leaves a log that is one line ahead.
// REQUIRES: the caller holds the log's lock, or nobody else knows the folder yet.
// Errors: tool, and then the line is taken out of the log again; usage, when the witness is
// damaged.
Result<void> witness_line(const WitnessedLog& log, std::string_view line, int lines);

// append_to_chain() and witness_line(). Errors: as theirs; the log is unchanged.
Result<Chain> append_witnessed(const WitnessedLog& log, const std::string& line,
                               const Chain& after);

enum class Witnessing {
    from_the_start,  // The log says so itself, so there has to be a witness.
    maybe_later,     // A log from before there were witnesses: its first lines may have none.
};

// What the logs in `folder` and its witness do not agree on, one sentence each; harmless to print.
// A log may be one line ahead. `logs`: the names of those that are there.
// Errors: tool, when one of them cannot be read, which accuses nobody.
Result<std::vector<std::string>> contradictions_of_witness(const std::filesystem::path& folder,
                                                           const std::vector<std::string>& logs,
                                                           Witnessing witnessing);

// log.jsonl, and those in reviews/, by name.
std::vector<std::string> logs_in(const std::filesystem::path& folder);

// Whether something was ever told to a witness in this folder.
bool has_witness(const std::filesystem::path& folder);

}  // namespace onsite
