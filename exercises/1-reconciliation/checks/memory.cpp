#include "exercises/1-reconciliation/checks/memory.hpp"

#include <fmt/format.h>

#include "exercises/1-reconciliation/checks/words.hpp"
#include "exercises/1-reconciliation/checks/workload.hpp"

namespace onsite::reconciliation {
namespace {

constexpr const char* kLargeLedgerFile = "large-ledger.jsonl";
constexpr const char* kLargeBankFile = "large-bank.jsonl";
constexpr std::int64_t kLargeReplyMs = 60'000;
constexpr std::uint64_t kAmpleRunBytes = 1024 * kMiB;
// Long ids: what a language adds to a string hardly counts, and few rows make many bytes. An answer
// reads these feeds a dozen times and more, and what a row costs to read hardly depends on its id.
constexpr std::size_t kIdBytes = 8'000;

// What one language gets: together the feeds need more than twice of it. `limit_bytes` is for the
// whole process, so it has to hold the language's own memory too; `run_bytes` is what the rows that
// a run keeps may take.
struct Tightness {
    std::uint64_t rows = 0;
    std::uint64_t limit_bytes = 0;
    std::uint64_t run_bytes = 0;
    std::uint64_t heap_mib = 0;  // Of Node, whose process is large and whose heap is not.
};

Tightness tightness_of(std::string_view language) {
    if (language == "typescript") {
        return {.rows = 3'125, .limit_bytes = 160 * kMiB, .run_bytes = 10 * kMiB, .heap_mib = 24};
    }
    if (language == "python") {
        return {.rows = 4'000, .limit_bytes = 30 * kMiB, .run_bytes = 9 * kMiB, .heap_mib = 0};
    }
    return {.rows = 3'125, .limit_bytes = 24 * kMiB, .run_bytes = 9 * kMiB, .heap_mib = 0};
}

Subject tightened(Subject subject, const Tightness& tightness) {
    subject.limits.memory_bytes = std::min(subject.limits.memory_bytes, tightness.limit_bytes);
    if (tightness.heap_mib > 0 && !subject.command.empty()) {
        subject.command.insert(subject.command.begin() + 1,
                               fmt::format("--max-old-space-size={}", tightness.heap_mib));
    }
    return subject;
}

RunOf run_of(std::uint64_t memory_bytes) {
    return {.ledger_snapshot = "large ledger",
            .bank_snapshot = "large bank",
            .memory_bytes = memory_bytes,
            .store = "{}"};
}

// Node ends itself when its heap is full.
Cause cause_of(const Answer& answer) {
    const bool is_heap = answer.stderr_tail.find("heap out of memory") != std::string::npos;
    return answer.cause == Cause::crash && is_heap ? Cause::memory : answer.cause;
}

Verdict failure_of(const std::string& check, const Answer& answer, std::string_view circumstances) {
    Verdict verdict =
        failed(check, cause_of(answer), fmt::format("{}: {}", circumstances, answer.problem));
    verdict.cases = 1;
    verdict.evidence.stderr_tail = answer.stderr_tail;
    return verdict;
}

Verdict compare(const std::string& check, const Findings& truth, const Findings& ample,
                const Findings& tight) {
    if (!shows_work(truth, ample)) {
        Verdict verdict = not_run(check,
                                  "expected at least 40 % of the differences to be found and "
                                  "little else: nothing can be concluded");
        verdict.cause = Cause::wrong_answer;
        return verdict;
    }
    const Difference lost = difference(ample, tight);
    if (lost.is_none()) return passed(check, 2, "less memory gave the same answer");
    Verdict verdict =
        failed(check, Cause::wrong_answer,
               "with less memory than the feeds need: " + in_words(first_mismatch(lost)));
    verdict.cases = 2;
    return verdict;
}

Result<void> write_feeds(const Context& context, const Workload& workload) {
    auto ledger = context.folder.write(kLargeLedgerFile, workload.ledger + '\n');
    if (!ledger) return ledger;
    return context.folder.write(kLargeBankFile, workload.bank + '\n');
}

// "feeds of 88 MiB with 40 MiB of memory"
std::string in_words(const Tightness& tightness, const Workload& workload) {
    const bool is_heap = tightness.heap_mib > 0;
    return fmt::format(
        "feeds of {} MiB with {} MiB of {}", (workload.ledger.size() + workload.bank.size()) / kMiB,
        is_heap ? tightness.heap_mib : tightness.limit_bytes / kMiB, is_heap ? "heap" : "memory");
}

}  // namespace

Result<Verdict> fits_in_memory(const Context& context, const std::string& check) {
    const Tightness tightness = tightness_of(context.job.subject.language);
    const Workload workload =
        make_workload({.rows = std::min(tightness.rows, context.job.memory_rows_max),
                       .id_bytes = kIdBytes,
                       .seed = context.chance(check).next(),
                       .discrepancies = Discrepancies::none},
                      '\n');
    if (auto written = write_feeds(context, workload); !written) return pass_on(written);
    Examiner in_little = context.examiner_of(tightened(context.job.subject, tightness));
    auto tight = in_little.ask_about_files(kLargeLedgerFile, kLargeBankFile,
                                           run_of(tightness.run_bytes), kLargeReplyMs);
    if (!tight) return pass_on(tight);
    const std::string circumstances = in_words(tightness, workload);
    if (tight->cause != Cause::none) return failure_of(check, *tight, circumstances);
    if (tight->findings == workload.truth) {
        return passed(check, 1, circumstances + " were answered rightly");
    }
    context.examiner.restart();
    auto ample = context.examiner.ask_about_files(kLargeLedgerFile, kLargeBankFile,
                                                  run_of(kAmpleRunBytes), kLargeReplyMs);
    if (!ample) return pass_on(ample);
    if (ample->cause != Cause::none) return failure_of(check, *ample, "ample memory");
    return compare(check, workload.truth, ample->findings, tight->findings);
}

}  // namespace onsite::reconciliation
