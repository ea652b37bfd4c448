#include "exercises/1-reconciliation/checks/model.hpp"

#include "base/parse_number.hpp"

namespace onsite::reconciliation {
namespace {

using ById = std::map<std::string, Transaction>;

ById by_id(const std::vector<Transaction>& feed) {
    ById index;
    for (const Transaction& transaction : feed) index.emplace(transaction.id, transaction);
    return index;
}

void compare(const Transaction& ledger, const Transaction& bank, Reconciliation& result) {
    if (ledger == bank) return;
    result.discrepancies.push_back({.ledger = ledger,
                                    .bank = bank,
                                    .amount_differs = ledger.amount != bank.amount,
                                    .currency_differs = ledger.currency != bank.currency});
}

bool is_integer(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_currency(std::string_view text) {
    return text.size() == 3 &&
           text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string_view::npos;
}

std::vector<Transaction> usable(const std::vector<Row>& rows, Side side,
                                std::vector<Rejected>& rejected) {
    std::vector<Transaction> kept;
    std::set<std::string> ids;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::optional<RejectReason> reason = fault_of(rows[i]);
        if (!reason && !ids.insert(rows[i][0]).second) reason = RejectReason::duplicate_id;
        if (reason) {
            rejected.push_back({.side = side, .row = i + 1, .reason = *reason});
        } else {
            kept.push_back(to_transaction(rows[i]));
        }
    }
    return kept;
}

}  // namespace

Reconciliation model_reconcile(const Feeds& feeds) {
    Reconciliation result;
    const ById ledger = by_id(feeds.ledger);
    const ById bank = by_id(feeds.bank);
    for (const auto& [id, transaction] : ledger) {
        if (const auto other = bank.find(id); other != bank.end()) {
            compare(transaction, other->second, result);
        } else {
            result.unmatched.push_back({.side = Side::ledger, .transaction = transaction});
        }
    }
    for (const auto& [id, transaction] : bank) {
        if (ledger.contains(id)) continue;
        result.unmatched.push_back({.side = Side::bank, .transaction = transaction});
    }
    return result;
}

Reconciliation model_reconcile_feeds(const std::vector<Row>& ledger, const std::vector<Row>& bank) {
    std::vector<Rejected> rejected;
    Feeds feeds;
    feeds.ledger = usable(ledger, Side::ledger, rejected);
    feeds.bank = usable(bank, Side::bank, rejected);
    Reconciliation result = model_reconcile(feeds);
    result.rejected = std::move(rejected);
    return result;
}

std::optional<RejectReason> fault_of(const Row& row) {
    if (row.size() != 3) return RejectReason::wrong_field_count;
    if (row[0].empty() || row[0].size() > kIdBytesMax) return RejectReason::bad_id;
    if (!is_integer(row[1])) return RejectReason::amount_not_an_integer;
    if (!parse_number<std::int64_t>(row[1])) return RejectReason::amount_out_of_range;
    if (!is_currency(row[2])) return RejectReason::bad_currency;
    return std::nullopt;
}

Transaction to_transaction(const Row& row) {
    return {.id = row[0], .amount = parse_number<std::int64_t>(row[1]).value(), .currency = row[2]};
}

}  // namespace onsite::reconciliation
