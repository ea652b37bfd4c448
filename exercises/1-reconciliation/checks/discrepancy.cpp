#include "exercises/1-reconciliation/checks/discrepancy.hpp"

#include "exercises/1-reconciliation/checks/plan.hpp"

namespace onsite::reconciliation {
namespace {

// Far enough apart that a tolerance or a rounded number still sees it: those cost `money` only.
constexpr std::int64_t kAmountChange = 100;

std::vector<PlannedPair> pairs_of(const Plan& plan) {
    std::vector<PlannedPair> pairs;
    for (std::size_t n = 0; n < plan.rows.size(); ++n) pairs.push_back(pair_of(plan, n));
    return pairs;
}

// The same id with one more letter: no other id, and in the same place of a sorted feed.
std::string apart(const std::string& id) { return id + "x"; }

Feeds with_pairs_apart(const Plan& plan) {
    std::vector<PlannedPair> pairs = pairs_of(plan);
    for (std::size_t n = 0; n < pairs.size(); ++n) {
        if (plan.rows[n].fate == Fate::matched) pairs[n].bank.id = apart(pairs[n].bank.id);
    }
    return arranged(plan, pairs);
}

// Matches that the subject looks at: silent about them, but not when the two have different ids. A
// subject that loses a row is silent about it too, and that is another criterion's loss.
std::vector<std::size_t> attended_matches(const Plan& plan, const Findings& answer,
                                          const Findings& answer_apart) {
    const auto named = ids_in(answer);
    const auto named_apart = ids_in(answer_apart);
    std::vector<std::size_t> matches;
    for (std::size_t n = 0; n < plan.rows.size(); ++n) {
        const std::string id = plain_id(plan, n);
        if (plan.rows[n].fate != Fate::matched || named.contains(id)) continue;
        if (named_apart.contains(id) || named_apart.contains(apart(id))) matches.push_back(n);
    }
    return matches;
}

// Another known one, or one that differs in a single letter.
std::string another_currency(std::string currency, std::uint32_t choice) {
    const std::size_t letter = choice % 4;
    if (letter >= currency.size())
        return currency == kCurrencies[0] ? kCurrencies[1] : kCurrencies[0];
    currency[letter] = currency[letter] == 'Z' ? 'A' : static_cast<char>(currency[letter] + 1);
    return currency;
}

// A twist of 0 leaves the pair as it is.
void change(PlannedPair& pair, std::uint32_t twist) {
    const std::uint32_t what = twist % 4;
    Transaction& changed = twist / 4 % 2 == 0 ? pair.bank : pair.ledger;
    if (what == 1 || what == 3) changed.amount += kAmountChange + twist;
    if (what == 2 || what == 3) changed.currency = another_currency(changed.currency, twist / 8);
}

void law(Trial& trial, const Plan& plan) {
    const Question control = question_of(Op::reconcile, feeds_of(plan));
    const Findings answer = trial.ask_control(control);
    trial.count_as_proof(control, answer);
    const Findings answer_apart =
        trial.ask_control(question_of(Op::reconcile, with_pairs_apart(plan)));
    std::vector<PlannedPair> pairs = pairs_of(plan);
    Findings gained;
    for (const std::size_t n : attended_matches(plan, answer, answer_apart)) {
        change(pairs[n], plan.rows[n].twist);
        if (pairs[n].ledger == pairs[n].bank) continue;
        gained.push_back(discrepancy(pairs[n].ledger, pairs[n].bank));
        trial.count_change();
    }
    if (gained.empty()) return;
    const Question changed = question_of(Op::reconcile, arranged(plan, pairs));
    const Findings found = trial.ask(changed);
    trial.expect({changed, found, joined(answer, sorted(gained))});
}

}  // namespace

Result<Verdict> names_what_differs(const Context& context, const std::string& check) {
    Inquiry inquiry = context.inquire(check);
    inquiry.demand_changes();
    inquiry.explore(context.plans(check, Discrepancies::none), law);
    return inquiry.conclude("named each pair that differs, and in what");
}

}  // namespace onsite::reconciliation
