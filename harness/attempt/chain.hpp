// A file of JSON lines in which each line carries, as `prev`, the SHA-256 of the line before it,
// and as `sum` that of itself without `sum`.
//
// Who changes, moves or removes a line has to write all later ones anew; and the hash of the last
// one, kept somewhere else, shows even that.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "base/error.hpp"

namespace onsite {

struct Chain {
    // The hash of the last line; before the first, one that no line has.
    std::string head = std::string(64, '0');
    int lines = 0;
    int unchained = 0;  // How many of them, at the beginning, are from before there were chains.
    bool operator==(const Chain&) const = default;
};

// Is given each whole line, without its `prev` and `sum`, its hash, and where it stands for errors.
using TakeLine = std::function<Result<void>(const nlohmann::json& line, const std::string& hash,
                                            const std::string& where)>;

// A last line without its newline was torn by a crash and is left out.
// Errors: usage, with the number of the line: no JSON, what `take` complains of, or a `prev` or
// `sum` that is not the hash it should be. Nothing is changed. Complexity: O(bytes).
Result<Chain> read_chain(const std::filesystem::path& file, const TakeLine& take);

// The line that `event` becomes after this chain.
std::string chained_line(nlohmann::json event, const Chain& after);

// Cuts a torn line off, appends this one and flushes it to the disk.
// REQUIRES: the caller holds the file's lock, or nobody else knows the file yet.
Result<Chain> append_to_chain(const std::filesystem::path& file, const std::string& line,
                              const Chain& after);

}  // namespace onsite
