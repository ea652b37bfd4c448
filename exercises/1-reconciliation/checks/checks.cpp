#include "exercises/1-reconciliation/checks/checks.hpp"

#include <memory>

#include <fmt/format.h>

#include "exercises/1-reconciliation/checks/case_checks.hpp"
#include "exercises/1-reconciliation/checks/discrepancy.hpp"
#include "exercises/1-reconciliation/checks/growth_check.hpp"
#include "exercises/1-reconciliation/checks/memory.hpp"
#include "exercises/1-reconciliation/checks/production.hpp"
#include "exercises/1-reconciliation/checks/rejection.hpp"
#include "exercises/1-reconciliation/checks/renaming.hpp"
#include "exercises/1-reconciliation/checks/unmatched.hpp"

namespace onsite::reconciliation {
namespace {

using CheckFunction = Result<Verdict> (*)(const Context&, const std::string&);

// Whether a check puts its questions to the subject: those are pointless once it is dead.
enum class Asks { the_subject, others };

struct Entry {
    const char* name;
    int followup;
    CheckScope scope;
    CheckFunction run;
    Asks asks = Asks::the_subject;
};

constexpr Entry kEntries[] = {
    {"visible_cases", 0, CheckScope::every_save, visible_cases},
    {"agrees_with_the_model", 0, CheckScope::every_save, agrees_with_the_model},
    {"explains_every_row_once", 0, CheckScope::grade, explains_every_row_once},
    {"order_does_not_matter", 0, CheckScope::grade, order_does_not_matter},
    {"swapping_the_feeds_mirrors_the_answer", 0, CheckScope::grade,
     swapping_the_feeds_mirrors_the_answer},
    {"edge_feeds", 0, CheckScope::every_save, edge_feeds},
    {"every_feed_size", 0, CheckScope::grade, every_feed_size},
    {"amounts_are_exact", 0, CheckScope::every_save, amounts_are_exact},
    {"ids_are_opaque", 0, CheckScope::every_save, ids_are_opaque},
    {"names_what_differs", 1, CheckScope::every_save, names_what_differs},
    {"rejects_malformed_rows", 2, CheckScope::every_save, rejects_malformed_rows},
    {"reports_duplicates", 2, CheckScope::every_save, reports_duplicates},
    {"feeds_agree_with_reconcile", 2, CheckScope::every_save, feeds_agree_with_reconcile},
    {"same_snapshots_are_not_processed_twice", 2, CheckScope::grade,
     same_snapshots_are_not_processed_twice},
    {"fits_in_memory", 2, CheckScope::grade, fits_in_memory},
    {"grows_linearly", 0, CheckScope::grade, grows_linearly},
    {kOwnTestsCheck, 0, CheckScope::grade, own_tests_kill_mutants, Asks::others},
};

constexpr std::int64_t kFirstReplyMs = 5'000;
constexpr int kTimeoutsInARowMax = 2;

// Says when to stop asking a subject: it does not answer at all, or checks keep running out of
// time.
class Patience {
public:
    explicit Patience(const Context& context) : context_(context) {}

    // Nothing while there is hope. Errors: tool.
    Result<std::optional<Verdict>> refusal(const std::string& check) {
        if (!is_tried_) {
            if (auto tried = try_once(check); !tried || *tried) return tried;
        }
        if (reason_.empty()) return std::nullopt;
        return not_run(check, reason_);
    }

    void learn(const Verdict& verdict) {
        timeouts_ = verdict.cause == Cause::time ? timeouts_ + 1 : 0;
        if (timeouts_ < kTimeoutsInARowMax) return;
        reason_ = fmt::format("{} checks before this one ran out of time one after the other",
                              kTimeoutsInARowMax);
    }

private:
    // Two small requests: a subject that fails on one of them only is worth examining.
    Result<std::optional<Verdict>> try_once(const std::string& check) {
        is_tried_ = true;
        const Row row = {"t1", "100", "USD"};
        Answer answer;
        for (const Question& question :
             {Question{.op = Op::reconcile, .ledger = {row}, .bank = {row}},
              Question{.op = Op::reconcile, .ledger = {}, .bank = {}}}) {
            auto asked = context_.examiner.ask(question, kFirstReplyMs);
            if (!asked) return pass_on(asked);
            answer = std::move(*asked);
            if (answer.cause == Cause::none) return std::nullopt;
            if (answer.cause == Cause::time) break;
        }
        reason_ = "the subject did not answer a first small request: " + answer.problem;
        Verdict dead = failed(check, answer.cause, reason_);
        dead.cases = 1;
        dead.evidence.stderr_tail = answer.stderr_tail;
        return dead;
    }

    const Context& context_;
    bool is_tried_ = false;
    int timeouts_ = 0;
    std::string reason_;
};

Result<Verdict> run_patiently(const Context& context, const Entry& entry, Patience& patience) {
    if (entry.asks == Asks::others) return entry.run(context, entry.name);
    auto refusal = patience.refusal(entry.name);
    if (!refusal) return pass_on(refusal);
    if (*refusal) return std::move(**refusal);
    Result<Verdict> verdict = entry.run(context, entry.name);
    if (verdict) patience.learn(*verdict);
    return verdict;
}

}  // namespace

std::vector<Check> all_checks(const Context& context) {
    const auto patience = std::make_shared<Patience>(context);
    std::vector<Check> checks;
    for (const Entry& entry : kEntries) {
        checks.push_back({.name = entry.name,
                          .followup = entry.followup,
                          .scope = entry.scope,
                          .run = [&context, entry, patience] {
                              return run_patiently(context, entry, *patience);
                          }});
    }
    return checks;
}

}  // namespace onsite::reconciliation
