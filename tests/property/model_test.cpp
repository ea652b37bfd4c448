// The model says what is right, so it is compared with the words of the contract taken literally:
// for each row, look at every other row. Slow, and hard to get wrong.

#include "exercises/1-reconciliation/checks/model.hpp"

#include <regex>

#include "exercises/1-reconciliation/checks/findings.hpp"
#include "tests/property/property.hpp"

namespace onsite::reconciliation {
namespace {

const std::regex kInteger("-?[0-9]+");
const std::regex kCurrency("[A-Z][A-Z][A-Z]");

// "A row with several faults is rejected for the first of this list."
std::optional<RejectReason> literal_fault(const Row& row) {
    if (row.size() != 3) return RejectReason::wrong_field_count;
    if (row[0] == "" || row[0].size() > 10'000) return RejectReason::bad_id;
    if (!std::regex_match(row[1], kInteger)) {
        return RejectReason::amount_not_an_integer;
    }
    errno = 0;
    std::strtoll(row[1].c_str(), nullptr, 10);
    if (errno == ERANGE) return RejectReason::amount_out_of_range;
    if (!std::regex_match(row[2], kCurrency)) return RejectReason::bad_currency;
    return std::nullopt;
}

// "An earlier row of the same feed, itself not rejected, has this id."
std::vector<std::optional<RejectReason>> literal_reasons(const std::vector<Row>& feed) {
    std::vector<std::optional<RejectReason>> reasons;
    for (const Row& row : feed) {
        auto reason = literal_fault(row);
        for (std::size_t earlier = 0; earlier < reasons.size() && !reason; ++earlier) {
            if (!reasons[earlier] && feed[earlier][0] == row[0]) {
                reason = RejectReason::duplicate_id;
            }
        }
        reasons.push_back(reason);
    }
    return reasons;
}

Transaction literal_transaction(const Row& row) {
    return {row[0], std::strtoll(row[1].c_str(), nullptr, 10), row[2]};
}

// The usable rows of a feed; the others go to `rejected`.
std::vector<Transaction> usable(Side side, const std::vector<Row>& feed, Findings& findings) {
    const auto reasons = literal_reasons(feed);
    std::vector<Transaction> transactions;
    for (std::size_t i = 0; i < feed.size(); ++i) {
        if (reasons[i]) {
            findings.push_back(rejected(side, i + 1, *reasons[i]));
        } else {
            transactions.push_back(literal_transaction(feed[i]));
        }
    }
    return transactions;
}

Findings literal_answer(const std::vector<Row>& ledger_feed, const std::vector<Row>& bank_feed) {
    Findings findings;
    const auto ledger = usable(Side::ledger, ledger_feed, findings);
    const auto bank = usable(Side::bank, bank_feed, findings);
    for (const Transaction& ours : ledger) {
        bool is_in_bank = false;
        for (const Transaction& theirs : bank) {
            if (ours.id != theirs.id) continue;
            is_in_bank = true;
            if (!(ours == theirs)) findings.push_back(discrepancy(ours, theirs));
        }
        if (!is_in_bank) findings.push_back(unmatched(Side::ledger, ours));
    }
    for (const Transaction& theirs : bank) {
        const bool is_in_ledger = std::ranges::any_of(
            ledger, [&](const Transaction& ours) { return ours.id == theirs.id; });
        if (!is_in_ledger) findings.push_back(unmatched(Side::bank, theirs));
    }
    return sorted(findings);
}

// Few values, so that the same id, amount and fault come often.
rc::Gen<Row> any_row() {
    return rc::gen::exec([] {
        Row row = {
            *rc::gen::element<std::string>("a", "b", "c", "A", " a", "", std::string(10'001, 'x')),
            *rc::gen::weightedElement<std::string>({{6, "1"},
                                                    {6, "2"},
                                                    {2, "01"},
                                                    {1, "-0"},
                                                    {1, "0"},
                                                    {1, "-9223372036854775808"},
                                                    {1, "9223372036854775808"},
                                                    {1, "+1"},
                                                    {1, "1.0"},
                                                    {1, "-"},
                                                    {1, ""}}),
            *rc::gen::weightedElement<std::string>(
                {{6, "USD"}, {3, "EUR"}, {1, "usd"}, {1, "USDX"}, {1, ""}})};
        const auto fields =
            *rc::gen::weightedElement<std::size_t>({{9, 3}, {1, 2}, {1, 4}, {1, 0}});
        row.resize(fields, "more");
        return row;
    });
}

TEST(ModelProperty, AgreesWithTheWordsOfTheContract) {
    expect_property([] {
        const auto ledger = *rc::gen::container<std::vector<Row>>(any_row());
        const auto bank = *rc::gen::container<std::vector<Row>>(any_row());
        RC_ASSERT(findings_of(model_reconcile_feeds(ledger, bank)) == literal_answer(ledger, bank));
    });
}

TEST(ModelProperty, BothFunctionsAgreeOnGoodRows) {
    expect_property([] {
        const auto rows = *rc::gen::container<std::vector<Row>>(any_row());
        Findings ignored;
        const auto ledger = usable(Side::ledger, rows, ignored);
        const Feeds feeds{.ledger = ledger, .bank = {}};
        const Question question = question_of(Op::reconcile, feeds);
        RC_ASSERT(findings_of(model_reconcile(feeds)) ==
                  findings_of(model_reconcile_feeds(question.ledger, {})));
    });
}

}  // namespace
}  // namespace onsite::reconciliation
