#include "exercises/1-reconciliation/checks/unmatched.hpp"

#include <map>

#include <fmt/format.h>

#include "exercises/1-reconciliation/checks/model.hpp"
#include "exercises/1-reconciliation/checks/plan.hpp"

namespace onsite::reconciliation {
namespace {

Question question_of(const Plan& plan) {
    return reconciliation::question_of(Op::reconcile, feeds_of(plan));
}

void model_law(Trial& trial, const Plan& plan) {
    const Question question = question_of(plan);
    const Findings found = trial.ask(question);
    trial.expect_truth(question, found);
}

// How often an answer names a row of a feed.
using Mentions = std::map<Row, int>;

Mentions mentions_of(Side side, const Findings& findings) {
    Mentions mentions;
    for (const Finding& finding : findings) {
        const bool is_of_both = finding.kind == FindingKind::discrepancy;
        if (!is_of_both && finding.side != side) continue;
        ++mentions[to_row(side == Side::ledger ? finding.ledger : finding.bank)];
    }
    return mentions;
}

// What is said too little or too much about the rows of one feed. No right answer is needed: a row
// is named once, or it is silent and so is an equal row of the other feed.
void audit(Side side, const Question& question, const Findings& found, Difference& difference) {
    const bool is_ledger = side == Side::ledger;
    const Side other_side = is_ledger ? Side::bank : Side::ledger;
    const std::vector<Row>& rows = is_ledger ? question.ledger : question.bank;
    const std::vector<Row>& others = is_ledger ? question.bank : question.ledger;
    const Mentions own = mentions_of(side, found);
    const Mentions theirs = mentions_of(other_side, found);
    const std::set<Row> partners(others.begin(), others.end());
    for (const Row& row : rows) {
        if (own.contains(row)) continue;
        const Transaction silent = to_transaction(row);
        if (!partners.contains(row)) difference.missing.push_back(unmatched(side, silent));
        if (theirs.contains(row)) difference.extra.push_back(unmatched(other_side, silent));
    }
    const std::set<Row> known(rows.begin(), rows.end());
    for (const auto& [row, times] : own) {
        if (times == 1 && known.contains(row)) continue;
        difference.extra.push_back(unmatched(side, to_transaction(row)));
    }
}

void explanation_law(Trial& trial, const Plan& plan) {
    const Question question = question_of(plan);
    const Findings found = trial.ask(question);
    trial.count_as_proof(question, found);
    Difference difference;
    audit(Side::ledger, question, found, difference);
    audit(Side::bank, question, found, difference);
    if (trial.is_over() || difference.is_none()) return;
    trial.blame({.question = question,
                 .found = found,
                 .expected = found,
                 .because = "a row must be matched by an equal row or be listed once"},
                difference);
}

void order_law(Trial& trial, const Plan& plan) {
    const Question planned = question_of(plan);
    const Question moved =
        reconciliation::question_of(Op::reconcile, shuffled(feeds_of(plan), plan.order + 1));
    const Findings answer = trial.ask(planned);
    const Findings answer_moved = trial.ask(moved);
    trial.count_as_proof(planned, answer);
    const std::string because = "the same rows in another order were answered differently";
    // One of the two is wrong, and that one is shown.
    trial.expect({moved, answer_moved, answer, because});
    trial.expect({planned, answer, answer_moved, because});
}

void mirror_law(Trial& trial, const Plan& plan) {
    const Question question = question_of(plan);
    const Question swapped{.op = question.op, .ledger = question.bank, .bank = question.ledger};
    const Findings answer = trial.ask(question);
    const Findings answer_swapped = trial.ask(swapped);
    trial.count_as_proof(question, answer);
    const std::string because = "the same feeds exchanged were not answered as in a mirror";
    trial.expect({swapped, answer_swapped, mirrored(answer), because});
    trial.expect({question, answer, mirrored(answer_swapped), because});
}

Result<Verdict> explore(const Context& context, const std::string& check,
                        void (*law)(Trial&, const Plan&), std::string_view pass_message) {
    Inquiry inquiry = context.inquire(check);
    inquiry.explore(context.plans(check, Discrepancies::none), law);
    return inquiry.conclude(std::string(pass_message));
}

// ---- Fixed feeds

PlanRow row_with(Fate fate) { return {.fate = fate, .amount = 150, .currency = 0, .twist = 0}; }

Plan plan_of(std::initializer_list<std::pair<int, Fate>> parts) {
    Plan plan;
    for (const auto& [count, fate] : parts) {
        for (int i = 0; i < count; ++i) plan.rows.push_back(row_with(fate));
    }
    return plan;
}

std::vector<Plan> edge_plans() {
    using enum Fate;
    std::vector<Plan> plans = {plan_of({}),
                               plan_of({{1, ledger_only}}),
                               plan_of({{1, bank_only}}),
                               plan_of({{1, matched}}),
                               plan_of({{1, ledger_only}, {1, bank_only}}),
                               plan_of({{1, matched}, {1, ledger_only}}),
                               plan_of({{1, matched}, {1, bank_only}}),
                               plan_of({{50, ledger_only}}),
                               plan_of({{50, bank_only}}),
                               plan_of({{50, matched}}),
                               plan_of({{50, ledger_only}, {50, bank_only}}),
                               plan_of({{1, matched}, {99, bank_only}}),
                               plan_of({{99, ledger_only}, {1, matched}}),
                               plan_of({{1, ledger_only}, {99, matched}, {1, bank_only}})};
    Plan shuffled_matches = plan_of({{100, matched}});
    shuffled_matches.order = 1;
    plans.push_back(shuffled_matches);
    return plans;
}

// ---- Sizes

constexpr std::int64_t kSizeReplyMs = 10'000;
// A subject that takes longer for one question is not asked a larger one.
constexpr std::int64_t kSizeNsMax = 1'200'000'000;
constexpr std::size_t kSizeEnough = 1'000;

std::vector<std::size_t> feed_sizes() {
    std::set<std::size_t> sizes;
    for (std::size_t round = 1; round <= 8192; round *= 2) {
        sizes.insert({round - 1, round, round + 1});
    }
    for (const std::size_t round : {10u, 100u, 500u, 1'000u, 2'000u, 5'000u, 10'000u}) {
        sizes.insert({round - 1, round, round + 1});
    }
    return {sizes.begin(), sizes.end()};
}

// Both feeds have this many rows, and about one in eight of each has no partner.
Feeds feeds_of_size(std::size_t rows, Rng rng) {
    Feeds feeds;
    for (std::size_t i = 0; i < rows; ++i) {
        const std::int64_t amount = static_cast<std::int64_t>(1 + rng.below(kPlainAmountMax));
        feeds.ledger.push_back({fmt::format("t{}", i), amount, "USD"});
        const bool is_matched = rng.below(8) != 0;
        feeds.bank.push_back({fmt::format("{}{}", is_matched ? "t" : "b", i), amount, "USD"});
    }
    return shuffled(std::move(feeds), rng.next());
}

}  // namespace

Result<Verdict> agrees_with_the_model(const Context& context, const std::string& check) {
    return explore(context, check, model_law, "found all that differs and nothing else");
}

Result<Verdict> explains_every_row_once(const Context& context, const std::string& check) {
    return explore(context, check, explanation_law, "every row was matched or listed once");
}

Result<Verdict> order_does_not_matter(const Context& context, const std::string& check) {
    return explore(context, check, order_law, "the order of rows changed no answer");
}

Result<Verdict> swapping_the_feeds_mirrors_the_answer(const Context& context,
                                                      const std::string& check) {
    return explore(context, check, mirror_law, "exchanged feeds gave mirrored answers");
}

Result<Verdict> edge_feeds(const Context& context, const std::string& check) {
    Inquiry inquiry = context.inquire(check);
    for (const Plan& plan : edge_plans()) {
        if (!inquiry.holds([plan](Trial& trial) { model_law(trial, plan); })) break;
    }
    return inquiry.conclude("empty, equal and disjoint feeds were answered rightly");
}

Result<Verdict> every_feed_size(const Context& context, const std::string& check) {
    Inquiry inquiry = context.inquire(check);
    std::size_t reached = 0;
    for (const std::size_t rows : feed_sizes()) {
        const Rng rng = context.chance(check).fork(std::to_string(rows));
        const std::int64_t start_ns = context.clock.monotonic_ns();
        const bool holds = inquiry.holds([rows, rng](Trial& trial) {
            const Question question =
                reconciliation::question_of(Op::reconcile, feeds_of_size(rows, rng));
            trial.expect_truth(question, trial.ask_slowly(question, kSizeReplyMs));
        });
        if (!holds) break;
        reached = rows;
        if (context.clock.monotonic_ns() - start_ns > kSizeNsMax) break;
    }
    auto verdict = inquiry.conclude(
        fmt::format("answered rightly at {} sizes up to {} rows", inquiry.count(), reached));
    if (!verdict || verdict->outcome != Outcome::pass || reached >= kSizeEnough) return verdict;
    Verdict slow = not_run(check, fmt::format("expected feeds of {} rows to be answered within {} "
                                              "ms, found more time needed for {} rows",
                                              kSizeEnough, kSizeNsMax / kNsPerMs, reached));
    slow.cause = Cause::time;
    slow.cases = inquiry.count();
    return slow;
}

}  // namespace onsite::reconciliation
