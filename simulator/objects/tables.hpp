// Everything that one account has, a table for each kind of object.
#pragma once

#include <cstddef>

#include "simulator/core/table.hpp"
#include "simulator/objects/balance_transaction.hpp"
#include "simulator/objects/charge.hpp"
#include "simulator/objects/customer.hpp"
#include "simulator/objects/dispute.hpp"
#include "simulator/objects/event.hpp"
#include "simulator/objects/payment_intent.hpp"
#include "simulator/objects/payment_method.hpp"
#include "simulator/objects/payout.hpp"
#include "simulator/objects/refund.hpp"
#include "simulator/objects/setup_intent.hpp"
#include "simulator/objects/token.hpp"
#include "simulator/payments/ledger.hpp"

namespace onsite::simulator {

struct Tables {
    explicit Tables(std::size_t rows_max)
        : customers(rows_max),
          events(rows_max),
          balance_transactions(rows_max),
          charges(rows_max),
          disputes(rows_max),
          payment_intents(rows_max),
          payment_methods(rows_max),
          payouts(rows_max),
          refunds(rows_max),
          setup_intents(rows_max),
          tokens(rows_max) {}

    Table<Customer> customers;
    Table<Event> events;
    Table<BalanceTransaction> balance_transactions;
    Table<Charge> charges;
    Table<Dispute> disputes;
    Table<PaymentIntent> payment_intents;
    Table<PaymentMethod> payment_methods;
    Table<Payout> payouts;
    Table<Refund> refunds;
    Table<SetupIntent> setup_intents;
    Table<Token> tokens;
    Ledger ledger = {};
};

}  // namespace onsite::simulator
