#include "exercises/1-reconciliation/checks/question.hpp"

#include <cstdlib>

namespace onsite::reconciliation {
namespace {

std::vector<Row> to_rows(const std::vector<Transaction>& transactions) {
    std::vector<Row> rows;
    rows.reserve(transactions.size());
    for (const Transaction& transaction : transactions) rows.push_back(to_row(transaction));
    return rows;
}

}  // namespace

std::string_view to_string(Op op) {
    switch (op) {
        case Op::reconcile:
            return "reconcile";
        case Op::reconcile_feeds:
            return "reconcile_feeds";
    }
    std::abort();
}

Row to_row(const Transaction& transaction) {
    return {transaction.id, std::to_string(transaction.amount), transaction.currency};
}

Question question_of(Op op, const Feeds& feeds) {
    return {.op = op, .ledger = to_rows(feeds.ledger), .bank = to_rows(feeds.bank)};
}

}  // namespace onsite::reconciliation
