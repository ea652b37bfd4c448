#include "exercises/1-reconciliation/checks/examiner.hpp"

#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "exercises/1-reconciliation/checks/reply.hpp"
#include "exercises/1-reconciliation/checks/wire.hpp"

namespace onsite::reconciliation {
namespace {

constexpr const char* kLedgerFile = "ledger.jsonl";
constexpr const char* kBankFile = "bank.jsonl";

Subject with_feeds(Subject subject, const FeedFolder& folder) {
    subject.mounts.push_back({.host = folder.host_path(), .inside = kFeedsInside});
    return subject;
}

}  // namespace

Examiner::Examiner(Subject subject, LayerSet layers, Rng secrets, const FeedFolder& folder,
                   Clock& clock)
    : session_(with_feeds(std::move(subject), folder), layers, secrets, clock),
      folder_(&folder),
      clock_(&clock) {}

Result<Answer> Examiner::ask(const Question& question, std::int64_t timeout_ms) {
    if (question.op == Op::reconcile_feeds) {
        ++runs_;
        return ask(question,
                   RunOf{.ledger_snapshot = fmt::format("ledger-{}", runs_),
                         .bank_snapshot = fmt::format("bank-{}", runs_)},
                   timeout_ms);
    }
    const std::string members =
        fmt::format("\"ledger\":{},\"bank\":{}", to_wire(question.ledger), to_wire(question.bank));
    auto reply = session_.ask(to_string(question.op), members, timeout_ms);
    if (!reply) return pass_on(reply);
    return to_answer(std::move(*reply), question.op);
}

Result<Answer> Examiner::ask(const Question& question, const RunOf& run, std::int64_t timeout_ms) {
    auto ledger = folder_->write(kLedgerFile, to_feed_file(question.ledger));
    if (!ledger) return pass_on(ledger);
    auto bank = folder_->write(kBankFile, to_feed_file(question.bank));
    if (!bank) return pass_on(bank);
    return ask_about_files(kLedgerFile, kBankFile, run, timeout_ms);
}

Result<Answer> Examiner::ask_about_files(std::string_view ledger, std::string_view bank,
                                         const RunOf& run, std::int64_t timeout_ms) {
    const Json about = {{"ledger_snapshot", run.ledger_snapshot},
                        {"bank_snapshot", run.bank_snapshot},
                        {"memory_bytes", run.memory_bytes}};
    const std::string members = fmt::format(
        "\"ledger\":\"{}\",\"bank\":\"{}\",\"run\":{},\"store\":{}",
        FeedFolder::inside_path(ledger), FeedFolder::inside_path(bank), to_text(about), run.store);
    auto reply = session_.ask(to_string(Op::reconcile_feeds), members, timeout_ms);
    if (!reply) return pass_on(reply);
    return to_answer(std::move(*reply), Op::reconcile_feeds);
}

Result<Reply> Examiner::ask_reconcile(std::string_view members, std::int64_t timeout_ms) {
    return session_.ask(to_string(Op::reconcile), members, timeout_ms);
}

Answer to_answer(Reply reply, Op op) {
    Answer answer;
    answer.cause = reply.cause;
    answer.problem = std::move(reply.problem);
    answer.stderr_tail = std::move(reply.stderr_tail);
    if (answer.cause != Cause::none) return answer;
    auto said = parse_reply(reply.body, op);
    if (said) {
        answer.findings = std::move(said->findings);
        answer.saved = std::move(said->saved);
    } else {
        answer.cause = Cause::protocol;
        answer.problem = said.error().message;
    }
    return answer;
}

}  // namespace onsite::reconciliation
