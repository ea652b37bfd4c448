#include "harness/attempt/grade_store.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/ascii.hpp"
#include "base/files.hpp"
#include "base/hash.hpp"
#include "base/json.hpp"
#include "harness/attempt/log.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kGradeFileBytesMax = 64 << 20;

fs::path grades_folder(const Attempt& attempt) { return tool_folder(attempt.folder) / "grades"; }

fs::path grade_folder(const Attempt& attempt, int number) {
    return grades_folder(attempt) / std::to_string(number);
}

std::string lines_of(std::span<const Verdict> verdicts) {
    std::string lines;
    for (const Verdict& verdict : verdicts) lines += to_text(to_json(verdict)) + '\n';
    return lines;
}

Result<std::vector<Verdict>> parse_verdicts(std::string_view text, const std::string& file) {
    std::vector<Verdict> verdicts;
    for (const std::string_view line : split_lines(text)) {
        const auto where = fmt::format("{}: line {}", file, verdicts.size() + 1);
        auto json = parse_json(line, where);
        if (!json) return pass_on(json);
        auto verdict = verdict_from_json(*json, where);
        if (!verdict) return pass_on(verdict);
        verdicts.push_back(std::move(*verdict));
    }
    return verdicts;
}

// The names of checks become names of files.
bool is_file_name(std::string_view check) {
    return !check.empty() && check.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") ==
                                 std::string_view::npos;
}

}  // namespace

Result<Attempt> save_grade(const Attempt& attempt, const GradeRecord& grade, Clock& clock) {
    // The number is decided and used under one lock; record() takes the other one, of the log.
    auto lock = FileLock::take(tool_folder(attempt.folder) / "grades.lock");
    if (!lock) return pass_on(lock);
    auto current = open_attempt(attempt.folder);
    if (!current) return current;
    const int number = current->state.grades + 1;

    const std::string lines = lines_of(grade.verdicts);
    // A folder of this number, without an event in the log, is what an interrupted save left.
    auto done = write_folder(grade_folder(attempt, number), [&](const fs::path& folder) {
        auto written = write_file(folder / "verdicts.jsonl", lines);
        if (written) written = write_file(folder / "scorecard.json", grade.scorecard_json);
        return written;
    });
    if (!done) return pass_on(done);
    return record(*current,
                  {.kind = EventKind::graded,
                   .number = number,
                   .content_hash = grade.content_hash,
                   .earned = grade.score.earned,
                   .judged = grade.score.judged,
                   .is_grade = grade.is_grade,
                   .proof = {.verdicts_hash = sha256_hex(lines),
                             .scorecard_hash = sha256_hex(grade.scorecard_json),
                             .rubric_hash = grade.rubric_hash,
                             .tests_hash = grade.tests_hash,
                             .growth_rows = grade.growth_rows}},
                  clock);
}

Result<StoredGrade> load_grade(const Attempt& attempt, int number) {
    if (number < 1 || number > attempt.state.grades) {
        return usage_error(fmt::format("expected a grade from 1 to {} of {}, found {}",
                                       attempt.state.grades, attempt.name(), number));
    }
    const fs::path folder = grade_folder(attempt, number);
    auto scorecard = read_file(folder / "scorecard.json", kGradeFileBytesMax);
    if (!scorecard) return pass_on(scorecard);
    const fs::path file = folder / "verdicts.jsonl";
    auto lines = read_file(file, kGradeFileBytesMax);
    if (!lines) return pass_on(lines);
    auto verdicts = parse_verdicts(*lines, file.string());
    if (!verdicts) return pass_on(verdicts);
    return StoredGrade{.verdicts = std::move(*verdicts),
                       .scorecard_json = std::move(*scorecard),
                       .verdicts_hash = sha256_hex(*lines)};
}

Result<void> save_counterexamples(const Attempt& attempt, std::span<const Verdict> verdicts) {
    const fs::path folder = attempt.folder / "failures";
    std::error_code failure;
    for (const Verdict& verdict : verdicts) {
        if (!is_file_name(verdict.check)) {
            return tool_error(
                fmt::format("expected a name of small letters, digits and _ for a "
                            "check, found \"{}\"",
                            verdict.check));
        }
        const fs::path file = folder / (verdict.check + ".json");
        if (verdict.outcome == Outcome::pass) {
            fs::remove(file, failure);
        } else if (!verdict.evidence.case_json.empty()) {
            fs::create_directories(folder, failure);
            if (auto done = write_file(file, verdict.evidence.case_json + '\n'); !done) return done;
        }
    }
    fs::remove(folder, failure);  // Does nothing unless the folder is empty.
    return {};
}

}  // namespace onsite
