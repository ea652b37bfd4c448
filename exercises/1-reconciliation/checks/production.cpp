#include "exercises/1-reconciliation/checks/production.hpp"

#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "exercises/1-reconciliation/checks/plan.hpp"
#include "exercises/1-reconciliation/checks/words.hpp"

namespace onsite::reconciliation {
namespace {

void stream_law(Trial& trial, const Plan& plan) {
    const Feeds feeds = feeds_of(plan);
    const Question in_memory = question_of(Op::reconcile, feeds);
    const Question streamed = question_of(Op::reconcile_feeds, feeds);
    const Findings answer = trial.ask_control(in_memory);
    trial.count_as_proof(in_memory, answer);
    const Findings found = trial.ask(streamed);
    trial.expect({streamed, found, answer, "the same rows as feeds"});
}

// ---- Runs

struct Names {
    std::string ledger;
    std::string bank;
};

std::string in_words(const Names& names) {
    return fmt::format("{} and {}", shown(names.ledger), shown(names.bank));
}

RunOf run_of(const Names& names, std::string store) {
    return {.ledger_snapshot = names.ledger,
            .bank_snapshot = names.bank,
            .memory_bytes = kAmpleBytes,
            .store = std::move(store)};
}

// Small feeds; a different `variant` has different findings, 0 has none.
Question some_feeds(std::uint32_t variant) {
    Plan plan;
    for (std::uint32_t n = 0; n < 6; ++n) {
        const bool is_matched = n % 3 == 0 || variant == 0;
        const Fate fate = is_matched   ? Fate::matched
                          : n % 3 == 1 ? Fate::ledger_only
                                       : Fate::bank_only;
        plan.rows.push_back({.fate = fate, .amount = 100 * variant + n, .currency = 0, .twist = 0});
    }
    return question_of(Op::reconcile_feeds, feeds_of(plan));
}

Fault nothing_saved(const Names& names) {
    return {.cause = Cause::wrong_answer,
            .message = fmt::format("expected the result of a run of {} to be saved, found nothing "
                                   "saved",
                                   in_words(names)),
            .evidence = {}};
}

// The saved result of a first run; the answer is its proof of work.
std::string first_run(Trial& trial, const Names& names, const Question& question,
                      Findings& answer) {
    const Answer first = trial.ask(question, run_of(names, "{}"));
    trial.count_as_proof(question, first.findings);
    if (first.saved == "{}") trial.blame(nothing_saved(names));
    answer = first.findings;
    return first.saved;
}

// The same, with a row that is rejected in each.
Question with_bad_rows(Question question) {
    question.ledger.push_back({"bad", "1.5", "USD"});
    question.bank.insert(question.bank.begin(), {"bad", "100"});
    return question;
}

// A subject that fails on bad rows as such loses another criterion.
bool can_answer(Trial& trial, const Question& question) {
    trial.ask_control(question);
    return !trial.is_over();
}

// The record knows the run, so nobody looks at the rows: there are others now.
void rerun_law(Trial& trial, const Names& names, const Question& question) {
    if (!can_answer(trial, question)) return;
    Findings answer;
    const std::string saved = first_run(trial, names, question, answer);
    trial.restart();
    const Answer again = trial.ask(some_feeds(3), run_of(names, saved));
    const Difference lost = difference(answer, again.findings);
    if (trial.is_over() || lost.is_none()) return;
    trial.blame({.question = question,
                 .found = again.findings,
                 .expected = answer,
                 .because = fmt::format("a run of {} is in the record; asked for it again, with "
                                        "other rows in the feeds",
                                        in_words(names)),
                 .keep = Keep::as_story},
                lost);
}

void other_run_law(Trial& trial, const Names& names, const Names& others) {
    Findings answer;
    const std::string saved = first_run(trial, names, some_feeds(1), answer);
    const Question other = some_feeds(2);
    const Answer afresh = trial.ask(other, run_of(others, "{}"));
    const Answer found = trial.ask(other, run_of(others, saved));
    trial.expect({.question = other,
                  .found = found.findings,
                  .expected = afresh.findings,
                  .because = fmt::format("a run of {} is in the record; a run of {} is another one",
                                         in_words(names), in_words(others)),
                  .keep = Keep::as_story});
}

// Enough runs that two of them would share a key of 8 bits, but for a chance of 1 in 60 million.
constexpr std::uint32_t kRunsOfARecord = 96;

// Nothing is said about keys: two runs that are saved under one are asked for, one after the other.
void many_runs_law(Trial& trial) {
    std::map<std::string, Names> run_of_key;
    for (std::uint32_t n = 0; n < kRunsOfARecord && !trial.is_over(); ++n) {
        const Names names{fmt::format("ledger of day {}", n), fmt::format("bank of day {}", n)};
        Findings answer;
        const std::string saved = first_run(trial, names, some_feeds(1), answer);
        const Json record = Json::parse(saved);
        if (trial.is_over() || record.empty()) return;
        const auto [earlier, is_new] = run_of_key.try_emplace(record.begin().key(), names);
        if (!is_new) return other_run_law(trial, earlier->second, names);
    }
}

struct TwoRuns {
    Names saved;
    Names other;
};

// Runs whose names give the same text when they are joined without care.
std::vector<TwoRuns> runs_that_look_alike() {
    std::vector<TwoRuns> runs = {{{"s1", "s2"}, {"s1", "s3"}},  {{"s1", "s2"}, {"s3", "s2"}},
                                 {{"s1", "s2"}, {"s2", "s1"}},  {{"s1", "s2"}, {"S1", "s2"}},
                                 {{"s1", "s2"}, {"s1", " s2"}}, {{"s", "s"}, {"s", ""}},
                                 {{"", "s"}, {"s", ""}},        {{"s1", "s1"}, {"s2", "s2"}}};
    for (const char* const between : {"",  "|", ":", "::", "-",  "_",  "/",     ",",  ";", " ",
                                      ".", "+", "#", "@",  "\n", "\t", "\",\"", "->", "&", "="}) {
        const std::string joint = between;
        runs.push_back({{"a" + joint + "b", "c"}, {"a", "b" + joint + "c"}});
    }
    return runs;
}

}  // namespace

Result<Verdict> feeds_agree_with_reconcile(const Context& context, const std::string& check) {
    Inquiry inquiry = context.inquire(check);
    inquiry.explore(context.plans(check, Discrepancies::some), stream_law);
    return inquiry.conclude("streams were answered as the same rows in memory were");
}

Result<Verdict> same_snapshots_are_not_processed_twice(const Context& context,
                                                       const std::string& check) {
    Inquiry inquiry = context.inquire(check);
    const Names names{"ledger 2026-03-01", "bank/2026-03-01"};
    // Something is found, nothing is found, and rows are rejected: every result is kept.
    for (const Question& question : {some_feeds(1), some_feeds(0), with_bad_rows(some_feeds(1)),
                                     with_bad_rows(some_feeds(0))}) {
        if (inquiry.has_fault()) break;
        inquiry.holds([names, question](Trial& trial) { rerun_law(trial, names, question); });
    }
    for (const TwoRuns& runs : runs_that_look_alike()) {
        if (inquiry.has_fault()) break;
        inquiry.holds([runs](Trial& trial) { other_run_law(trial, runs.saved, runs.other); });
    }
    if (!inquiry.has_fault()) inquiry.holds(many_runs_law);
    return inquiry.conclude("a saved run was answered from the record, any other one afresh");
}

}  // namespace onsite::reconciliation
