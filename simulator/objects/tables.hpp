// Everything that one account has, a table for each kind of object.
#pragma once

#include <cstddef>

#include "simulator/core/table.hpp"
#include "simulator/objects/balance_transaction.hpp"
#include "simulator/objects/charge.hpp"
#include "simulator/objects/checkout_session.hpp"
#include "simulator/objects/customer.hpp"
#include "simulator/objects/discount.hpp"
#include "simulator/objects/dispute.hpp"
#include "simulator/objects/event.hpp"
#include "simulator/objects/invoice.hpp"
#include "simulator/objects/payment_intent.hpp"
#include "simulator/objects/payment_method.hpp"
#include "simulator/objects/payout.hpp"
#include "simulator/objects/portal_session.hpp"
#include "simulator/objects/product.hpp"
#include "simulator/objects/refund.hpp"
#include "simulator/objects/setup_intent.hpp"
#include "simulator/objects/subscription.hpp"
#include "simulator/objects/subscription_schedule.hpp"
#include "simulator/objects/tax_id.hpp"
#include "simulator/objects/test_clock.hpp"
#include "simulator/objects/token.hpp"
#include "simulator/objects/webhook_endpoint.hpp"
#include "simulator/payments/ledger.hpp"

namespace onsite::simulator {

struct Tables {
    explicit Tables(std::size_t rows_max)
        : balance_changes(rows_max),
          balance_transactions(rows_max),
          charges(rows_max),
          checkout_sessions(rows_max),
          coupons(rows_max),
          credit_notes(rows_max),
          customers(rows_max),
          discounts(rows_max),
          disputes(rows_max),
          events(rows_max),
          invoice_items(rows_max),
          invoice_payments(rows_max),
          invoices(rows_max),
          payment_intents(rows_max),
          payment_methods(rows_max),
          payouts(rows_max),
          portal_sessions(rows_max),
          prices(rows_max),
          products(rows_max),
          promotion_codes(rows_max),
          refunds(rows_max),
          setup_intents(rows_max),
          subscription_items(rows_max),
          subscription_schedules(rows_max),
          subscriptions(rows_max),
          tax_ids(rows_max),
          tax_rates(rows_max),
          test_clocks(rows_max),
          tokens(rows_max),
          webhook_endpoints(rows_max) {}

    Table<BalanceChange> balance_changes;
    Table<BalanceTransaction> balance_transactions;
    Table<Charge> charges;
    Table<CheckoutSession> checkout_sessions;
    Table<Coupon> coupons;
    Table<CreditNote> credit_notes;
    Table<Customer> customers;
    Table<Discount> discounts;
    Table<Dispute> disputes;
    Table<Event> events;
    Table<InvoiceItem> invoice_items;
    Table<InvoicePayment> invoice_payments;
    Table<Invoice> invoices;
    Table<PaymentIntent> payment_intents;
    Table<PaymentMethod> payment_methods;
    Table<Payout> payouts;
    Table<PortalSession> portal_sessions;
    Table<Price> prices;
    Table<Product> products;
    Table<PromotionCode> promotion_codes;
    Table<Refund> refunds;
    Table<SetupIntent> setup_intents;
    Table<SubscriptionItem> subscription_items;
    Table<SubscriptionSchedule> subscription_schedules;
    Table<Subscription> subscriptions;
    Table<TaxId> tax_ids;
    Table<TaxRate> tax_rates;
    Table<TestClock> test_clocks;
    Table<Token> tokens;
    Table<WebhookEndpoint> webhook_endpoints;
    Ledger ledger = {};
};

}  // namespace onsite::simulator
