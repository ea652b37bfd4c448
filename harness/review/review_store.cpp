#include "harness/review/review_store.hpp"

#include <algorithm>
#include <system_error>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/file_lock.hpp"
#include "base/files.hpp"
#include "base/hash.hpp"
#include "base/json.hpp"
#include "harness/attempt/witness.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kReviewLogBytesMax = 16 << 20;
constexpr std::string_view kLogEnding = ".jsonl";

struct ReviewLog {
    Review review;
    std::string last_hash;           // Of the last whole line; empty before the first.
    std::uintmax_t whole_bytes = 0;  // Without a torn line.
    int lines = 0;
};

fs::path log_of(const fs::path& reviews, const std::string& reviewer) {
    return reviews / (reviewer + std::string(kLogEnding));
}

Result<void> apply_line(ReviewLog& log, std::string_view line, const std::string& where) {
    auto json = parse_json(line, where);
    if (!json) return pass_on(json);
    auto event = review_event_from_json(*json, where);
    if (!event) return pass_on(event);
    if (json->at("after") != log.last_hash) {
        return usage_error(
            fmt::format("{}: expected the line to follow the one before it, found a log that was "
                        "edited; undo the change to it",
                        where));
    }
    auto next = next_review(std::move(log.review), *event);
    if (!next) return usage_error(where + ": " + next.error().message);
    log.review = std::move(*next);
    log.last_hash = sha256_hex(line);
    ++log.lines;
    return {};
}

Result<ReviewLog> read_log(const fs::path& reviews, const std::string& reviewer) {
    ReviewLog log{.review = {.reviewer = reviewer, .rounds = {}}, .last_hash = {}};
    const fs::path file = log_of(reviews, reviewer);
    std::error_code failure;
    if (!fs::exists(fs::symlink_status(file, failure))) return log;
    auto text = read_file(file, kReviewLogBytesMax);
    if (!text) return pass_on(text);
    std::string_view rest = *text;
    for (int number = 1; !rest.empty(); ++number) {
        const std::size_t end = rest.find('\n');
        if (end == rest.npos) break;
        auto applied =
            apply_line(log, rest.substr(0, end), fmt::format("{}: line {}", file.string(), number));
        if (!applied) return pass_on(applied);
        rest.remove_prefix(end + 1);
    }
    log.whole_bytes = text->size() - rest.size();
    return log;
}

// Where there is a witness: beside the log of an attempt. Calibrations have none.
bool is_of_an_attempt(const fs::path& reviews) {
    return reviews == reviews_of(reviews.parent_path().parent_path());
}

// Line by line, each of them on the disk, and told to the witness, before the next: a crash leaves
// whole events.
Result<void> append(const fs::path& reviews, const std::string& reviewer, const ReviewLog& before,
                    std::span<const std::string> lines) {
    const fs::path file = log_of(reviews, reviewer);
    std::error_code failure;
    if (fs::exists(file, failure) && fs::file_size(file, failure) != before.whole_bytes) {
        fs::resize_file(file, before.whole_bytes, failure);
    }
    if (failure) {
        return tool_error(fmt::format("cannot mend {}: {}", file.string(), failure.message()));
    }
    const WitnessedLog witnessed{reviews.parent_path(), "reviews/" + file.filename().string()};
    int number = before.lines;
    for (const std::string& line : lines) {
        if (auto done = append_line(file, line); !done) return done;
        ++number;
        if (!is_of_an_attempt(reviews)) continue;
        if (auto done = witness_line(witnessed, line, number); !done) return done;
    }
    return {};
}

}  // namespace

fs::path reviews_of(const fs::path& attempt) { return attempt / ".onsite" / "reviews"; }

Result<void> check_reviewer_name(std::string_view name) {
    constexpr std::string_view kLetters =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    if (!name.empty() && name.size() <= kReviewerNameMax &&
        name.find_first_not_of(kLetters) == name.npos) {
        return {};
    }
    return usage_error(
        fmt::format("expected a reviewer's name of 1 to {} letters, digits, - and _ after --as, "
                    "found {} bytes of something else",
                    kReviewerNameMax, name.size()));
}

Result<Review> load_review(const fs::path& reviews, const std::string& reviewer) {
    if (auto good = check_reviewer_name(reviewer); !good) return pass_on(good);
    auto log = read_log(reviews, reviewer);
    if (!log) return pass_on(log);
    return std::move(log->review);
}

Result<std::vector<Review>> load_reviews(const fs::path& reviews) {
    std::vector<std::string> names;
    auto entries = entries_of(reviews);
    if (!entries) return pass_on(entries);
    for (const fs::directory_entry& entry : *entries) {
        if (entry.path().extension() != kLogEnding) continue;
        names.push_back(entry.path().stem().string());
    }
    if (names.size() > kReviewersMax) {
        return usage_error(fmt::format("expected at most {} reviewers in {}, found {}",
                                       kReviewersMax, reviews.string(), names.size()));
    }
    std::vector<Review> loaded;
    for (const std::string& name : names) {
        auto review = load_review(reviews, name);
        if (!review) return pass_on(review);
        if (review->has_begun()) loaded.push_back(std::move(*review));
    }
    return loaded;
}

Result<Review> append_review(const fs::path& reviews, const std::string& reviewer,
                             std::span<const ReviewEvent> events, Clock& clock) {
    if (auto good = check_reviewer_name(reviewer); !good) return pass_on(good);
    std::error_code failure;
    fs::create_directories(reviews, failure);
    if (failure) {
        return tool_error(fmt::format("cannot create {}: {}", reviews.string(), failure.message()));
    }
    auto lock = FileLock::take(reviews / "lock");
    if (!lock) return pass_on(lock);
    auto log = read_log(reviews, reviewer);
    if (!log) return pass_on(log);
    const ReviewLog before = *log;
    std::vector<std::string> lines;
    const std::int64_t now_ms = clock.now_ms();
    for (ReviewEvent event : events) {
        event.at_ms = now_ms;
        auto next = next_review(std::move(log->review), event);
        if (!next) return pass_on(next);
        log->review = std::move(*next);
        Json json = to_json(event);
        json["after"] = log->last_hash;
        lines.push_back(to_text(json));
        log->last_hash = sha256_hex(lines.back());
    }
    auto done = append(reviews, reviewer, before, lines);
    if (!done) return pass_on(done);
    return std::move(log->review);
}

}  // namespace onsite
