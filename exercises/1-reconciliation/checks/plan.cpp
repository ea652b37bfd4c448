#include "exercises/1-reconciliation/checks/plan.hpp"

#include <fmt/format.h>

#include "base/rng.hpp"

namespace onsite::reconciliation {
namespace {

void shuffle(std::vector<Transaction>& feed, Rng rng) {
    for (std::size_t left = feed.size(); left > 1; --left) {
        std::swap(feed[left - 1], feed[rng.below(left)]);
    }
}

const char* currency(std::uint32_t index) { return kCurrencies[index % kCurrencies.size()]; }

bool differs_in_amount(Fate fate) {
    return fate == Fate::amount_differs || fate == Fate::both_differ;
}
bool differs_in_currency(Fate fate) {
    return fate == Fate::currency_differs || fate == Fate::both_differ;
}

}  // namespace

std::string plain_id(const Plan& plan, std::size_t n) {
    switch (plan.style % 3) {
        case 0:
            return fmt::format("t{}", n + 1);
        case 1:
            return fmt::format("tx{:016x}", Rng(n + 1).next());
        default:
            return fmt::format("p{:06}", n + 1);
    }
}

PlannedPair pair_of(const Plan& plan, std::size_t n) {
    const PlanRow& row = plan.rows[n];
    PlannedPair pair;
    pair.ledger = {
        .id = plain_id(plan, n), .amount = row.amount, .currency = currency(row.currency)};
    pair.bank = pair.ledger;
    if (differs_in_amount(row.fate)) pair.bank.amount += 100;
    if (differs_in_currency(row.fate)) pair.bank.currency = currency(row.currency + 1);
    return pair;
}

Feeds arranged(const Plan& plan, const std::vector<PlannedPair>& pairs) {
    Feeds feeds;
    for (std::size_t n = 0; n < plan.rows.size(); ++n) {
        const Fate fate = plan.rows[n].fate;
        if (fate != Fate::bank_only) feeds.ledger.push_back(pairs[n].ledger);
        if (fate != Fate::ledger_only) feeds.bank.push_back(pairs[n].bank);
    }
    return plan.order == 0 ? feeds : shuffled(std::move(feeds), plan.order);
}

Feeds feeds_of(const Plan& plan) {
    std::vector<PlannedPair> pairs;
    for (std::size_t n = 0; n < plan.rows.size(); ++n) pairs.push_back(pair_of(plan, n));
    return arranged(plan, pairs);
}

Feeds shuffled(Feeds feeds, std::uint64_t seed) {
    shuffle(feeds.ledger, Rng(seed).fork("ledger"));
    shuffle(feeds.bank, Rng(seed).fork("bank"));
    return feeds;
}

std::vector<PlanRow> simpler(const PlanRow& row) {
    std::vector<PlanRow> rows;
    const auto add = [&](PlanRow simple) {
        if (simple != row) rows.push_back(simple);
    };
    PlanRow simple = row;
    simple.amount = 1;
    simple.currency = 0;
    add(simple);
    for (const std::uint32_t twist : {0u, 1u, row.twist / 2, row.twist - std::min(row.twist, 1u)}) {
        simple = row;
        simple.twist = twist;
        if (twist < row.twist) add(simple);
    }
    for (const std::uint32_t amount : {1u, std::max(1u, row.amount / 2)}) {
        simple = row;
        simple.amount = amount;
        add(simple);
    }
    simple = row;
    simple.currency = 0;
    add(simple);
    simple = row;
    if (row.fate == Fate::both_differ) simple.fate = Fate::amount_differs;
    add(simple);
    return rows;
}

}  // namespace onsite::reconciliation
