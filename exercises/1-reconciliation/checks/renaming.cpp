#include "exercises/1-reconciliation/checks/renaming.hpp"

#include <map>

#include "exercises/1-reconciliation/checks/plan.hpp"
#include "exercises/1-reconciliation/checks/strange.hpp"

namespace onsite::reconciliation {
namespace {

// What stands for a value in the second question. A value that no feed has stays what it is.
template <typename Value>
using Renaming = std::map<Value, Value>;

template <typename Value>
void rename(Value& value, const Renaming<Value>& renaming) {
    if (const auto found = renaming.find(value); found != renaming.end()) value = found->second;
}

struct Renamings {
    Renaming<std::string> ids;
    Renaming<std::int64_t> amounts;
    Renaming<std::string> currencies;

    void apply(Transaction& transaction) const {
        rename(transaction.id, ids);
        rename(transaction.amount, amounts);
        rename(transaction.currency, currencies);
    }
};

Feeds renamed(Feeds feeds, const Renamings& renamings) {
    for (Transaction& transaction : feeds.ledger) renamings.apply(transaction);
    for (Transaction& transaction : feeds.bank) renamings.apply(transaction);
    return feeds;
}

Findings renamed(Findings findings, const Renamings& renamings) {
    for (Finding& finding : findings) {
        renamings.apply(finding.ledger);
        renamings.apply(finding.bank);
    }
    return sorted(std::move(findings));
}

void renaming_law(Trial& trial, const Feeds& plain, const Renamings& renamings,
                  const std::string& because) {
    const Question question = question_of(Op::reconcile, plain);
    const Question strange = question_of(Op::reconcile, renamed(plain, renamings));
    const Findings answer = trial.ask_control(question);
    trial.count_as_proof(question, answer);
    const Findings found = trial.ask(strange);
    trial.expect({strange, found, renamed(answer, renamings), because});
}

// The first value by the first stand-in, the second by the second: order is kept.
template <typename Value>
Renaming<Value> by_rank(const std::set<Value>& values, const std::vector<Value>& stand_ins) {
    Renaming<Value> renaming;
    std::size_t rank = 0;
    for (const Value& value : values) renaming.emplace(value, stand_ins[rank++]);
    return renaming;
}

// Amounts so far apart that a tolerance does not blur them: their stand-ins are neighbours.
Feeds feeds_with_wide_amounts(Plan plan) {
    std::vector<PlannedPair> pairs;
    for (std::size_t n = 0; n < plan.rows.size(); ++n) {
        plan.rows[n].amount = 1 + plan.rows[n].amount % 97;
        pairs.push_back(pair_of(plan, n));
        const bool differs = pairs[n].ledger.amount != pairs[n].bank.amount;
        pairs[n].ledger.amount *= 1'000;
        pairs[n].bank.amount = pairs[n].ledger.amount + (differs ? 1'000 : 0);
    }
    return arranged(plan, pairs);
}

void amount_law(Trial& trial, const Plan& plan) {
    const Feeds feeds = feeds_with_wide_amounts(plan);
    std::set<std::int64_t> amounts;
    for (const Transaction& transaction : feeds.ledger) amounts.insert(transaction.amount);
    for (const Transaction& transaction : feeds.bank) amounts.insert(transaction.amount);
    const Renamings renamings{
        .ids = {},
        .amounts = by_rank(amounts, strange_amounts(amounts.size(), plan.style)),
        // Currencies without minor units and with a thousand: an amount is in minor units anyway.
        .currencies = {{"EUR", "BHD"}, {"GBP", "JPY"}, {"USD", "KWD"}}};
    renaming_law(trial, feeds, renamings, "the same feeds with other amounts");
}

void id_law(Trial& trial, const Plan& plan) {
    const Feeds feeds = feeds_of(plan);
    std::set<std::string> ids;
    std::vector<std::uint32_t> choices;
    for (std::size_t n = 0; n < plan.rows.size(); ++n) {
        ids.insert(plain_id(plan, n));
        choices.push_back(plan.rows[n].twist);
    }
    // Styles of plain ids are told apart by the remainder of 3, families by what is left.
    const Renamings renamings{
        .ids = by_rank(ids, strange_ids(choices, plan.style / 3)), .amounts = {}, .currencies = {}};
    renaming_law(trial, feeds, renamings, "the same feeds with other ids");
}

Discrepancies allowed_discrepancies(const Context& context) {
    return context.job.followups >= 1 ? Discrepancies::some : Discrepancies::none;
}

}  // namespace

Result<Verdict> amounts_are_exact(const Context& context, const std::string& check) {
    Inquiry inquiry = context.inquire(check);
    inquiry.explore(context.plans(check, allowed_discrepancies(context)), amount_law);
    return inquiry.conclude("amounts up to the limits of int64 came back to the last digit");
}

Result<Verdict> ids_are_opaque(const Context& context, const std::string& check) {
    Inquiry inquiry = context.inquire(check);
    inquiry.explore(context.plans(check, Discrepancies::none), id_law);
    return inquiry.conclude("ids that look alike were kept apart, to the last byte");
}

}  // namespace onsite::reconciliation
