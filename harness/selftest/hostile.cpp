// Hostile submissions, tests/hostile/submissions/<n>-<slug>/<ID>-<attack>.<cpp|py|ts>. The first
// line of each says which verdict contains it: "// expect: wrong_answer or forged - exits early".
#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/files.hpp"
#include "harness/grading/sources.hpp"
#include "harness/selftest/selftest.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

// A quarter of what checks can give: a submission that only attacks earns less.
constexpr int kHostilePointsMax = 20;

// Of each property: an attack shows at once.
constexpr int kHostileCases = 20;
// Tight, so that each attack meets its limit soon.
constexpr Limits kHostileLimits = {.memory_bytes = 256 * kMiB,
                                   .processes = 24,
                                   .file_bytes = 16 * kMiB,
                                   .tmp_bytes = 16 * kMiB,
                                   .open_files = 64,
                                   .cpu_seconds = 4,
                                   .wall_ms = 8'000,
                                   .stdout_bytes = 32 * kMiB,
                                   .stderr_bytes = 1 * kMiB};
constexpr std::uint64_t kHostileCompileCpuSeconds = 6;  // An honest one takes two.

struct Submission {
    std::string name;
    Language language;
    std::string content;
    std::set<Cause> expected;
};

// "// expect: crash or memory - why" -> {crash, memory}
Result<std::set<Cause>> expected_causes(const std::string& content, const std::string& name) {
    const std::string first = content.substr(0, content.find('\n'));
    const auto start = first.find("expect:");
    if (start == std::string::npos) {
        return usage_error(
            fmt::format("expected the first line of {} to be '// expect: <cause> - "
                        "<attack>', found '{}'",
                        name, first));
    }
    std::string words = first.substr(start + 7);
    words = words.substr(0, words.find(" - "));
    std::set<Cause> causes;
    for (std::size_t at = 0; at < words.size();) {
        const auto end = std::min(words.find(' ', at), words.size());
        const std::string word = words.substr(at, end - at);
        at = end + 1;
        if (word.empty() || word == "or") continue;
        const auto cause = cause_from(word);
        if (!cause) return usage_error(fmt::format("{} expects the unknown cause {}", name, word));
        causes.insert(*cause);
    }
    return causes;
}

Result<Submission> load_submission(const fs::path& file, const Exercise& exercise) {
    auto content = read_file(file, kSourceBytesMax);
    if (!content) return pass_on(content);
    Submission submission{.name = file.filename().string(),
                          .language = {},
                          .content = std::move(*content),
                          .expected = {}};
    auto causes = expected_causes(submission.content, submission.name);
    if (!causes) return pass_on(causes);
    submission.expected = std::move(*causes);
    for (const Language& language : exercise.languages) {
        if (fs::path(language.answer).extension() == file.extension())
            submission.language = language;
    }
    if (submission.language.name.empty()) {
        return usage_error(
            fmt::format("{} is in none of the exercise's languages", submission.name));
    }
    return submission;
}

// The submission as the answer, among the files of the starter.
Result<Source> source_of(const Submission& submission, const Exercise& exercise) {
    auto source = load_source(submission.name, submission.language,
                              std::array{exercise.starter_of(submission.language)});
    if (!source) return source;
    for (SourceFile& file : source->files) {
        if (file.name == submission.language.answer) file.content = submission.content;
    }
    return source;
}

// Without a cgroup each process is limited by itself, and what they share is not: a weaker means,
// which every grade names. What it lets through is told, not failed.
bool counts_memory_together(const IsolationReport& isolation) {
    return std::ranges::any_of(isolation.notes, [](const std::string& note) {
        return note.starts_with("memory: cgroup");
    });
}

Proof judge(const Submission& submission, const Graded& graded) {
    std::set<Cause> seen;
    for (const Verdict& verdict : graded.grading.run.verdicts) {
        // A submission comes without tests: that they kill nothing says nothing about the attack.
        if (verdict.check == kOwnTestsCheck || verdict.cause == Cause::not_run) continue;
        if (verdict.outcome != Outcome::pass) seen.insert(verdict.cause);
    }
    std::vector<std::string_view> words;
    for (const Cause cause : seen) words.push_back(to_string(cause));
    // The attack met its cause; that it fails in other ways as well, and they may vary with the
    // load of the machine, does it no good. A fault of the grader would.
    const bool is_expected =
        !seen.contains(Cause::grader_fault) &&
        std::ranges::any_of(submission.expected, [&](Cause cause) { return seen.contains(cause); });
    const int earned = graded.card.earned;
    Proof proof{"hostile", submission.name, is_expected && earned <= kHostilePointsMax,
                fmt::format("{}, {} points", fmt::join(words, " "), earned)};
    if (!proof.holds && !seen.contains(Cause::grader_fault) &&
        submission.expected.contains(Cause::memory) &&
        !counts_memory_together(graded.grading.run.isolation)) {
        proof.holds = true;
        proof.found += ", NOT contained: this machine has no memory cgroup";
    }
    return proof;
}

}  // namespace

Result<void> prove_hostile(const SelftestWork& work) {
    const fs::path folder =
        work.places.root / "tests" / "hostile" / "submissions" / work.exercise.folder_name();
    auto entries = entries_of(folder);
    if (!entries) return pass_on(entries);
    for (const fs::directory_entry& entry : *entries) {
        const fs::path& file = entry.path();
        if (!is_wanted(work, file.filename().string())) continue;
        auto submission = load_submission(file, work.exercise);
        if (!submission) return pass_on(submission);
        auto source = source_of(*submission, work.exercise);
        if (!source) return pass_on(source);
        GradeRequest request;
        request.source = std::move(*source);
        request.language = submission->language;
        request.seed = 1;
        request.growth_rows_max = kFewRows;
        request.memory_rows_max = kSmallFeedRows;
        request.property_cases = kHostileCases;
        request.tries_mutants = false;
        request.limits = kHostileLimits;
        request.compile_cpu_seconds = kHostileCompileCpuSeconds;
        auto graded = grade_for_proof(work, std::move(request));
        if (!graded) return pass_on(graded);
        work.on_proof(judge(*submission, *graded));
    }
    return {};
}

}  // namespace onsite
