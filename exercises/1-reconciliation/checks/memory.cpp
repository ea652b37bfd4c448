#include "exercises/1-reconciliation/checks/memory.hpp"

#include <utility>

#include <fmt/format.h>

#include "exercises/1-reconciliation/checks/words.hpp"
#include "exercises/1-reconciliation/checks/workload.hpp"

namespace onsite::reconciliation {
namespace {

constexpr const char* kLedgerFile = "large-ledger.jsonl";
constexpr const char* kBankFile = "large-bank.jsonl";
constexpr std::int64_t kLargeReplyMs = 60'000;
constexpr std::uint64_t kAmpleRunBytes = 1024 * kMiB;
// Long ids: what a language adds to a string hardly counts, and few rows make many bytes.
constexpr std::size_t kIdBytes = 1'000;
constexpr std::size_t kRows = 60'000;

// What one language gets. `limit_bytes` is for the whole process, so it has to hold the language's
// own memory too; `run_bytes` is what the rows that a run keeps may take.
struct Tightness {
    std::uint64_t limit_bytes = 0;
    std::uint64_t run_bytes = 0;
    std::uint64_t heap_mib = 0;  // Of Node: its heap has a limit of its own.
};

Tightness tightness_of(std::string_view language) {
    if (language == "typescript") {
        return {.limit_bytes = 128 * kMiB, .run_bytes = 24 * kMiB, .heap_mib = 48};
    }
    if (language == "python") return {.limit_bytes = 56 * kMiB, .run_bytes = 24 * kMiB};
    return {.limit_bytes = 48 * kMiB, .run_bytes = 24 * kMiB};
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

Verdict failure_of(const std::string& check, const Answer& answer, std::string_view circumstances) {
    Verdict verdict =
        failed(check, answer.cause, fmt::format("{}: {}", circumstances, answer.problem));
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

}  // namespace

Result<Verdict> fits_in_memory(const Context& context, const std::string& check) {
    const Workload workload = make_workload({.rows = kRows,
                                             .id_bytes = kIdBytes,
                                             .seed = context.chance(check).next(),
                                             .discrepancies = Discrepancies::none},
                                            '\n');
    auto ledger = context.folder.write(kLedgerFile, workload.ledger + '\n');
    if (!ledger) return pass_on(ledger);
    auto bank = context.folder.write(kBankFile, workload.bank + '\n');
    if (!bank) return pass_on(bank);
    const std::uint64_t feed_bytes = workload.ledger.size() + workload.bank.size();

    const Tightness tightness = tightness_of(context.job.subject.language);
    Examiner in_little = context.examiner_of(tightened(context.job.subject, tightness));
    auto tight = in_little.ask_about_files(kLedgerFile, kBankFile, run_of(tightness.run_bytes),
                                           kLargeReplyMs);
    if (!tight) return pass_on(tight);
    const std::string circumstances = fmt::format("feeds of {} MiB with {} MiB of memory",
                                                  feed_bytes / kMiB, tightness.limit_bytes / kMiB);
    if (tight->cause != Cause::none) return failure_of(check, *tight, circumstances);
    if (tight->findings == workload.truth) {
        return passed(check, 1, circumstances + " were answered rightly");
    }
    context.examiner.restart();
    auto ample = context.examiner.ask_about_files(kLedgerFile, kBankFile, run_of(kAmpleRunBytes),
                                                  kLargeReplyMs);
    if (!ample) return pass_on(ample);
    if (ample->cause != Cause::none) return failure_of(check, *ample, "ample memory");
    return compare(check, workload.truth, ample->findings, tight->findings);
}

}  // namespace onsite::reconciliation
