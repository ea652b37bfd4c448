#include "harness/attempt/witness.hpp"

#include <algorithm>
#include <map>
#include <system_error>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/escape.hpp"
#include "base/file_lock.hpp"
#include "base/files.hpp"
#include "base/hash.hpp"
#include "base/json.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLogBytesMax = 64 << 20;
constexpr int kLinesMax = 10'000'000;
constexpr std::string_view kAttemptLog = "log.jsonl";
constexpr std::string_view kReviews = "reviews/";
constexpr std::string_view kLogEnding = ".jsonl";

// For each log, the hash of each line that was told, by its number.
using Told = std::map<std::string, std::map<int, std::string>>;

fs::path witness_file(const fs::path& folder) { return folder / "witness.jsonl"; }

// It becomes a path: a log of this folder or of reviews/, and nothing else.
bool is_log_name(std::string_view name) {
    if (name == kAttemptLog) return true;
    if (!name.starts_with(kReviews) || !name.ends_with(kLogEnding)) return false;
    return name.find_first_of("/\\", kReviews.size()) == name.npos && is_utf8(name);
}

Result<void> take_told(const Json& value, const std::string& where, Told& told) {
    JsonReader reader(value, where);
    const std::string log = reader.text("log");
    const int lines = static_cast<int>(reader.number("lines", 1, kLinesMax));
    const std::string hash = reader.text("hash");
    if (!is_log_name(log)) reader.complain("log", "expected log.jsonl or reviews/<name>.jsonl");
    if (auto done = reader.finish(); !done) return done;
    const auto [place, is_new] = told[log].emplace(lines, hash);
    if (is_new || place->second == hash) return {};
    // A line that was told twice with two hashes: the log was cut and went on from there.
    return usage_error(fmt::format("{}: {} had another line {} before: it was cut at its end",
                                   where, harmless(log, Lines::one), lines));
}

struct Witness {
    Told told;
    Chain chain;
};

Result<Witness> read_witness(const fs::path& folder) {
    Witness witness;
    std::error_code failure;
    if (!fs::exists(fs::symlink_status(witness_file(folder), failure))) return witness;
    auto chain = read_chain(witness_file(folder),
                            [&](const Json& line, const std::string&, const std::string& where) {
                                return take_told(line, where, witness.told);
                            });
    if (!chain) return pass_on(chain);
    witness.chain = std::move(*chain);
    return witness;
}

// Only its chain: what it told before does not matter to what it is told now, and a witness that
// contradicts a log must not keep anybody from going on.
Result<void> tell(const WitnessedLog& log, std::string_view line, int lines) {
    const fs::path file = witness_file(log.folder);
    auto lock = FileLock::take(file);
    if (!lock) return pass_on(lock);
    auto chain = read_chain(
        file, [](const Json&, const std::string&, const std::string&) { return Result<void>(); });
    if (!chain && chain.error().kind == ErrorKind::tool) return pass_on(chain);
    if (!chain) {
        return usage_error(chain.error().message +
                           "; it is not meant to be edited: undo the change to it");
    }
    const Json told = {{"log", log.name}, {"lines", lines}, {"hash", sha256_hex(line)}};
    auto done = append_to_chain(file, chained_line(told, *chain), *chain);
    if (!done) return pass_on(done);
    return {};
}

Result<std::vector<std::string>> hashes_of_lines(const fs::path& file) {
    auto text = read_file(file, kLogBytesMax);
    if (!text) return pass_on(text);
    std::vector<std::string> hashes;
    std::string_view rest = *text;
    for (std::size_t end = rest.find('\n'); end != rest.npos; end = rest.find('\n')) {
        hashes.push_back(sha256_hex(rest.substr(0, end)));
        rest.remove_prefix(end + 1);
    }
    return hashes;
}

// What is wrong with a file is a finding; that it cannot be read is not.
Result<std::string> sentence_of(const Error& error) {
    if (error.kind == ErrorKind::tool) return std::unexpected(error);
    return harmless(error.message, Lines::one);
}

// The first thing on which one log and the witness disagree; empty when they agree.
Result<std::string> contradiction_of(const WitnessedLog& log,
                                     const std::map<int, std::string>& told,
                                     Witnessing witnessing) {
    const std::string name = harmless(log.name, Lines::one);
    std::error_code failure;
    const bool is_there = fs::exists(fs::symlink_status(log.file(), failure));
    if (!is_there && !told.empty()) {
        return fmt::format("{} is recorded with {} lines, found no such file: it was removed", name,
                           told.rbegin()->first);
    }
    if (!is_there) return "";
    const auto hashes = hashes_of_lines(log.file());
    if (!hashes) return sentence_of(hashes.error());
    const int found = static_cast<int>(hashes->size());
    for (const auto& [line, hash] : told) {
        if (line > found) {
            return fmt::format("{} is recorded with {} lines, found {}: its end was cut off", name,
                               told.rbegin()->first, found);
        }
        if ((*hashes)[static_cast<std::size_t>(line) - 1] != hash) {
            return fmt::format("{}: line {} is not the one that was recorded: it was written anew",
                               name, line);
        }
    }
    const int last_told = told.empty() ? 0 : told.rbegin()->first;
    const bool may_be_older = told.empty() && witnessing == Witnessing::maybe_later;
    if (found <= last_told + 1 || may_be_older) return "";
    return fmt::format("{} has {} lines, recorded are {}: the end of witness.jsonl was cut off",
                       name, found, last_told);
}

}  // namespace

Result<void> witness_line(const WitnessedLog& log, std::string_view line, int lines) {
    auto told = tell(log, line, lines);
    if (told) return told;
    std::error_code failure;
    const std::uintmax_t bytes = fs::file_size(log.file(), failure);
    if (!failure) fs::resize_file(log.file(), bytes - line.size() - 1, failure);
    return told;
}

Result<Chain> append_witnessed(const WitnessedLog& log, const std::string& line,
                               const Chain& after) {
    auto chain = append_to_chain(log.file(), line, after);
    if (!chain) return chain;
    if (auto told = witness_line(log, line, chain->lines); !told) return pass_on(told);
    return chain;
}

Result<std::vector<std::string>> contradictions_of_witness(const fs::path& folder,
                                                           const std::vector<std::string>& logs,
                                                           Witnessing witnessing) {
    if (!has_witness(folder)) {
        if (witnessing == Witnessing::maybe_later) return std::vector<std::string>();
        return std::vector<std::string>{
            "expected witness.jsonl beside the log, found none: it was removed"};
    }
    auto witness = read_witness(folder);
    if (!witness) {
        auto sentence = sentence_of(witness.error());
        if (!sentence) return pass_on(sentence);
        return std::vector{std::move(*sentence)};
    }
    Told told = std::move(witness->told);
    for (const std::string& log : logs) told.try_emplace(log);
    std::vector<std::string> found;
    for (const auto& [name, lines] : told) {
        auto sentence = contradiction_of({folder, name}, lines, witnessing);
        if (!sentence) return pass_on(sentence);
        if (!sentence->empty()) found.push_back(std::move(*sentence));
    }
    return found;
}

std::vector<std::string> logs_in(const fs::path& folder) {
    std::vector<std::string> logs = {std::string(kAttemptLog)};
    const auto reviews = entries_of(folder / "reviews");
    if (!reviews) return logs;
    for (const fs::directory_entry& entry : *reviews) {
        if (entry.path().extension() != kLogEnding) continue;
        logs.push_back(std::string(kReviews) + entry.path().filename().string());
    }
    return logs;
}

bool has_witness(const fs::path& folder) {
    std::error_code failure;
    return fs::exists(fs::symlink_status(witness_file(folder), failure));
}

}  // namespace onsite
