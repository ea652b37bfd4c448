// What a check asks a subject: two feeds, and which of the two functions gets them.
#pragma once

#include <vector>

#include "exercises/1-reconciliation/contract/reconcile.hpp"

namespace onsite::reconciliation {

struct Feeds {
    std::vector<Transaction> ledger;
    std::vector<Transaction> bank;
};

enum class Op { reconcile, reconcile_feeds };
std::string_view to_string(Op op);

// Rows stand for transactions too, so that one form is sent, shown and kept as a test case.
struct Question {
    Op op = Op::reconcile;
    std::vector<Row> ledger;
    std::vector<Row> bank;
};

Row to_row(const Transaction& transaction);
Question question_of(Op op, const Feeds& feeds);

}  // namespace onsite::reconciliation
