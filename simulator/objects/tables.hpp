// Everything that one account has, a table for each kind of object.
#pragma once

#include <cstddef>

#include "simulator/core/table.hpp"
#include "simulator/objects/customer.hpp"
#include "simulator/objects/discount.hpp"
#include "simulator/objects/event.hpp"
#include "simulator/objects/invoice.hpp"
#include "simulator/objects/product.hpp"
#include "simulator/objects/subscription.hpp"
#include "simulator/objects/test_clock.hpp"

namespace onsite::simulator {

struct Tables {
    explicit Tables(std::size_t rows_max)
        : customers(rows_max),
          events(rows_max),
          products(rows_max),
          prices(rows_max),
          coupons(rows_max),
          promotion_codes(rows_max),
          discounts(rows_max),
          tax_rates(rows_max),
          invoice_items(rows_max),
          invoices(rows_max),
          invoice_payments(rows_max),
          balance_changes(rows_max),
          credit_notes(rows_max),
          subscriptions(rows_max),
          subscription_items(rows_max),
          test_clocks(rows_max) {}

    Table<Customer> customers;
    Table<Event> events;
    Table<Product> products;
    Table<Price> prices;
    Table<Coupon> coupons;
    Table<PromotionCode> promotion_codes;
    Table<Discount> discounts;
    Table<TaxRate> tax_rates;
    Table<InvoiceItem> invoice_items;
    Table<Invoice> invoices;
    Table<InvoicePayment> invoice_payments;
    Table<BalanceChange> balance_changes;
    Table<CreditNote> credit_notes;
    Table<Subscription> subscriptions;
    Table<SubscriptionItem> subscription_items;
    Table<TestClock> test_clocks;
};

}  // namespace onsite::simulator
